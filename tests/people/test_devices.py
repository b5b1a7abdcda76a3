"""A device has the name that its owner would give it."""

import pytest

from cfp.people.devices import device_name

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15"
DESK = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"{PHONE} Version/17.4 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        (f"{PHONE} CriOS/126.0 Mobile/15E148 Safari/604.1", "Chrome, iPhone"),
        (f"{DESK} Safari/537.36", "Chrome, Linux"),
        (f"{DESK.replace('X11; Linux', 'Windows NT 10.0;')} Safari/537 Edg/126", "Edge, Windows"),
        (
            "Mozilla/5.0 (Android 14; Mobile; rv:127) Gecko/127 Firefox/127",
            "Firefox, Android",
        ),
        ("a-script/1.0", "a-script/1.0"),
        ("", ""),
    ],
)
def test_a_browser_and_where_it_runs(agent, name):
    assert device_name(agent) == name
