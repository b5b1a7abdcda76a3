"""One's profile, password, second factor, and the devices on which one is signed in."""

from flask import abort, flash, redirect, render_template, url_for
from flask import session as browser
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from cfp import clock
from cfp import db as transactions
from cfp.access import Role, allow
from cfp.db import db
from cfp.people import forms, passwords, queries, second_factor, service, session
from cfp.people.devices import device_name
from cfp.people.doors import guard
from cfp.people.models import SignIn
from cfp.people.session import me
from cfp.people.views.blueprint import pages

PROPOSED = "proposed_secret"  # in the session of the browser, until its first code has come


@pages.route("/account", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def account():
    form = forms.ProfileForm(obj=current_user)
    if form.validate_on_submit():
        form.populate_obj(current_user)
        flash(_("Your profile is saved."), "success")
        return redirect(url_for("people.account"))
    sign_ins = db.session.scalars(queries.sign_ins_of(current_user, clock.now())).all()
    here = session.current_sign_in(clock.now())
    return (
        render_template(
            "people/account.html",
            form=form,
            sign_ins=sign_ins,
            here=here,
            device_name=device_name,
            has_factor=second_factor.factor_of(me()) is not None,
        ),
        form.status,
    )


@pages.route("/account/password", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def password():
    form = forms.PasswordForm()
    if form.validate_on_submit():
        transactions.release()  # hashing is slow on purpose; no writer waits for it
        password_hash = passwords.hash_password(form.password.data)
        current_user.password_hash = password_hash
        service.log("changed password", current_user, by=current_user, at=clock.now())
        flash(_("Your password is changed."), "success")
        return redirect(url_for("people.account"))
    return render_template("people/password.html", form=form), form.status


@pages.route("/account/second-factor", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def factor():
    """A code of the phone beside the password: switched on by the first one, off by another."""
    form, person = forms.CodeForm(), me()
    known, at = second_factor.factor_of(person), clock.now()
    secret = browser.setdefault(PROPOSED, second_factor.new_secret())
    recovery = None
    if form.validate_on_submit():
        with form.refusals():
            guard("code", str(person.id), most=5)
            if known is None:
                recovery = second_factor.switch_on(person, secret, form.code.data, at=at)
            else:
                second_factor.switch_off(person, form.code.data, at=at)
        if not form.errors:
            browser.pop(PROPOSED)
            if recovery is not None:
                return render_template("people/recovery.html", codes=recovery)
            flash(_("The second factor is switched off."), "success")
            return redirect(url_for("people.account"))
    uri = second_factor.address_of(secret, person, "Callboard")
    page = render_template(
        "people/factor.html", form=form, known=known, secret=secret, drawing=_qr(uri)
    )
    return page, form.status


@pages.post("/account/sign-ins/<int:sign_in_id>/revoke")
@allow(Role.SIGNED_IN)
def revoke(sign_in_id):
    sign_in = db.session.get(SignIn, sign_in_id)
    if sign_in is None or sign_in.person_id != current_user.id:
        abort(404)
    service.close_session(sign_in, clock.now())
    flash(_("That device is signed out."), "success")
    return redirect(url_for("people.account"))


def _qr(text: str) -> Markup:
    """A QR code as a drawing in the page; on white, so that a phone reads it in the dark too."""
    import segno  # noqa: PLC0415

    code = segno.make(text, error="m")
    return Markup(code.svg_inline(scale=5, border=4, light="#fff", omitsize=True))  # noqa: S704
