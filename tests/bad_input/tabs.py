"""A page that is open in a browser, however old it is by now."""

from __future__ import annotations

from tests.bad_input.forms import forms_of

ELSEWHERE = "changed elsewhere"


class Tab:
    """One open page: its form as it was shown, however old it is by now."""

    def __init__(self, visitor, url, *, to=None, having=None):
        found = forms_of(visitor.app, url, visitor.get(url).text)
        posts = [form for form in found if form.method == "POST"]
        self.visitor = visitor
        self.form = next(
            form
            for form in posts
            if form.endpoint != "people.sign_out"
            and (to is None or form.endpoint == to)
            and (having is None or having in {field.name for field in form.fields})
        )

    def send(self, status=302, button=None, **typed):
        data = {field.name: list(field.sends) for field in self.form.fields}
        data |= {name: [value] for name, value in typed.items()}
        if button:
            data[button] = ["1"]
        return self.visitor.post(self.form.action, data, status=status)
