"""The ways in and out: sign up, sign in, the mailed link, the code of a phone."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from cfp import clock
from cfp import db as transactions
from cfp.access import Role, allow
from cfp.db import db
from cfp.errors import Refused
from cfp.people import forms, passwords, queries, second_factor, service, session
from cfp.people.doors import guard
from cfp.people.letters import send_link
from cfp.people.models import LinkPurpose
from cfp.people.views.blueprint import own_path, pages


@pages.route("/sign-up", methods=["GET", "POST"])
@allow(Role.ANYONE)
def sign_up():
    form = forms.SignUpForm()
    next_page = own_path(request.args.get("next"))
    if form.validate_on_submit():
        password_hash = passwords.hash_password(form.password.data)
        with form.refusals():
            guard("sign-up", most=20)
            known = db.session.scalar(queries.person_by_email(form.email.data))
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
        person = db.session.scalar(queries.person_by_email(form.email.data))
        password_hash = person.password_hash if person else None
        transactions.release()  # a password takes 36 ms to check; no writer waits for that
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
            person = db.session.scalar(queries.person_by_email(form.email.data))
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


def enter(person, next_page: str, said: str = ""):
    """Sign in, or ask for the second factor where there is one."""
    if second_factor.factor_of(person) is not None:
        session.wait_for_code(person, next_page, clock.now())
        return redirect(url_for("people.code"))
    session.begin(person, clock.now())
    if said:
        flash(said, "success")
    return redirect(next_page)
