"""The pages of an account: sign up, sign in, the mailed link, one's profile and sessions."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask import session as browser
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from cfp import clock, db
from cfp.access import Role, allow
from cfp.errors import Refused
from cfp.people import forms, passwords, privacy, queries, second_factor, service, session
from cfp.people.letters import send_link
from cfp.people.models import LinkPurpose, SignIn

pages = Blueprint("people", __name__)
database = db.db
PROPOSED = "proposed_secret"  # in the session of the browser, until its first code has come


def own_path(target: str | None) -> str:
    """``target`` if it is a path of ours, else the front page: no redirect leads elsewhere."""
    parts = urlsplit(target or "")
    odd = (
        parts.scheme or parts.netloc or not (target or "").startswith("/") or "\\" in (target or "")
    )
    return url_for("conference.editions") if odd or (target or "").startswith("//") else str(target)


@pages.route("/sign-up", methods=["GET", "POST"])
@allow(Role.ANYONE)
def sign_up():
    form = forms.SignUpForm()
    next_page = own_path(request.args.get("next"))
    if form.validate_on_submit():
        password_hash = passwords.hash_password(form.password.data)
        with form.refusals():
            guard("sign-up", most=20)
            known = database.session.scalar(queries.person_by_email(form.email.data))
            if known is None:
                person = service.add_person(
                    form.name.data, form.email.data, at=clock.now(), password_hash=password_hash
                )
                send_link(person, LinkPurpose.CONFIRM_EMAIL, clock.now(), next_page)
            else:
                send_link(known, LinkPurpose.SIGN_IN, clock.now(), next_page)
        if not form.errors:
            return redirect(url_for("people.link_sent"))
    return render_template("people/sign_up.html", form=form, next=next_page), form.status


@pages.route("/sign-in", methods=["GET", "POST"])
@allow(Role.ANYONE)
def sign_in():
    form = forms.SignInForm()
    next_page = own_path(request.args.get("next"))
    if form.validate_on_submit():
        person = database.session.scalar(queries.person_by_email(form.email.data))
        password_hash = person.password_hash if person else None
        db.release()  # a password takes 36 ms to check; no writer waits for that
        right = passwords.password_is_right(form.password.data, password_hash)
        with form.refusals():
            guard("sign-in", form.email.data, most=10)
            if person is None or not right:
                raise Refused(_("Address and password do not fit together."))
            if person.email_confirmed_at is None:
                raise Refused(_("Please follow the link that we sent to this address first."))
        if not form.errors:
            return enter(person, next_page)
    return render_template("people/sign_in.html", form=form, next=next_page), form.status


@pages.route("/sign-in/link", methods=["GET", "POST"])
@allow(Role.ANYONE)
def ask_link():
    form = forms.LinkForm()
    next_page = own_path(request.args.get("next"))
    if form.validate_on_submit():
        with form.refusals():
            guard("link", form.email.data, most=5)
            person = database.session.scalar(queries.person_by_email(form.email.data))
            if person is not None:
                send_link(person, LinkPurpose.SIGN_IN, clock.now(), next_page)
        if not form.errors:
            return redirect(url_for("people.link_sent"))
    return render_template("people/ask_link.html", form=form, next=next_page), form.status


@pages.route("/sign-in/code", methods=["GET", "POST"])
@allow(Role.ANYONE)
def code():
    waiting = session.who_waits(clock.now())
    if waiting is None:
        return redirect(url_for("people.sign_in"))
    (person, next_page), form = waiting, forms.CodeForm()
    if form.validate_on_submit():
        with form.refusals():
            guard("code", str(person.id), most=5)
            second_factor.check(person, form.code.data, at=clock.now())
        if not form.errors:
            session.begin(person, clock.now())
            return redirect(own_path(next_page))
    return render_template("people/code.html", form=form), form.status


@pages.get("/link-sent")
@allow(Role.ANYONE)
def link_sent():
    return render_template("people/link_sent.html")


@pages.route("/link/<purpose>/<token>", methods=["GET", "POST"])
@allow(Role.ANYONE)
def follow(purpose, token):
    """A mailed link. Opening it changes nothing, so that a mail scanner cannot use it up."""
    try:
        kind = LinkPurpose(purpose)
    except ValueError:
        abort(404)
    form = forms.ConfirmForm()
    next_page = own_path(request.args.get("next"))
    if form.validate_on_submit():
        person = service.follow_link(token, kind, clock.now())
        return enter(person, next_page, _("You are signed in, %(name)s.", name=person.name))
    return render_template("people/follow.html", form=form, purpose=kind), form.status


@pages.post("/sign-out")
@allow(Role.ANYONE)
def sign_out():
    session.end(clock.now())
    return redirect(url_for("conference.editions"))


@pages.route("/language", methods=["GET", "POST"])
@allow(Role.ANYONE)
def language():
    form = forms.LanguageForm()
    next_page = own_path(request.args.get("next"))
    if form.validate_on_submit():
        session.speak(form.language.data)
        return redirect(next_page)
    return render_template("people/language.html", form=form), form.status


@pages.route("/account", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def account():
    form = forms.ProfileForm(obj=current_user)
    if form.validate_on_submit():
        form.populate_obj(current_user)
        flash(_("Your profile is saved."), "success")
        return redirect(url_for("people.account"))
    sign_ins = database.session.scalars(queries.sign_ins_of(current_user, clock.now())).all()
    here = session.current_sign_in(clock.now())
    return (
        render_template("people/account.html", form=form, sign_ins=sign_ins, here=here),
        form.status,
    )


@pages.route("/account/password", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def password():
    form = forms.PasswordForm()
    if form.validate_on_submit():
        db.release()  # hashing is slow on purpose; no writer waits for it
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
    form, person = forms.CodeForm(), current_user._get_current_object()  # noqa: SLF001
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


@pages.route("/account/data", methods=["GET", "POST"])
@allow(Role.SIGNED_IN)
def data():
    form, person = forms.DataForm(), current_user._get_current_object()  # noqa: SLF001
    if form.validate_on_submit():
        known = person.password_hash
        db.release()  # a password takes 36 ms to check; no writer waits for that
        with form.refusals():
            guard("data", str(person.id), most=10)
            if known and not passwords.password_is_right(form.password.data or "", known):
                raise Refused(_("This is not your password."), field="password")
        if not form.errors:
            return _as_file(privacy.kept_of(person))
    return render_template("people/data.html", form=form), form.status


@pages.post("/account/sign-ins/<int:sign_in_id>/revoke")
@allow(Role.SIGNED_IN)
def revoke(sign_in_id):
    sign_in = database.session.get(SignIn, sign_in_id)
    if sign_in is None or sign_in.person_id != current_user.id:
        abort(404)
    service.close_session(sign_in, clock.now())
    flash(_("That device is signed out."), "success")
    return redirect(url_for("people.account"))


def enter(person, next_page: str, said: str = ""):
    """Sign in, or ask for the second factor where there is one."""
    if second_factor.factor_of(person) is not None:
        session.wait_for_code(person, next_page, clock.now())
        return redirect(url_for("people.code"))
    session.begin(person, clock.now())
    if said:
        flash(said, "success")
    return redirect(next_page)


def _qr(text: str) -> Markup:
    """A QR code as a drawing in the page; on white, so that a phone reads it in the dark too."""
    import segno  # noqa: PLC0415

    code = segno.make(text, error="m")
    return Markup(code.svg_inline(scale=5, border=4, light="#fff", omitsize=True))  # noqa: S704


def _as_file(kept) -> Response:
    written = {"written_at": clock.now().isoformat(), "kept": kept}
    headers = {
        "Content-Disposition": 'attachment; filename="my-data.json"',
        "Cache-Control": "no-store",
    }
    text = json.dumps(written, ensure_ascii=False, indent=1)
    return Response(text, mimetype="application/json", headers=headers)


def guard(door: str, address: str = "", *, most: int) -> None:
    """Refuse when this door was tried too often for this address or from this network."""
    window, at = timedelta(minutes=15), clock.now()
    network, person = f"{door}:net:{request.remote_addr}", f"{door}:{address}"
    service.check_attempts(network, most=most * 10, within=window, at=at)
    if address:
        service.check_attempts(person, most=most, within=window, at=at)
    db.in_any_case(lambda: service.remember_attempts([network, person], at))
