"""Icons are masks, read from the theme's own script."""

import re

import pytest

from entente.course import theme


def test_every_icon_has_an_outline():
    outlines = theme.outlines()
    assert list(outlines) == list(theme.ICONS)
    for svg in outlines.values():
        assert re.fullmatch(r'<svg [^>]+><path d="[^"]{50,}"/></svg>', svg)


def test_an_unknown_icon_is_named(monkeypatch):
    monkeypatch.setattr(theme, "ICONS", ("bars", "no-such-icon"))
    with pytest.raises(LookupError, match="no icon no-such-icon"):
        theme.outlines()


def test_a_page_without_scripts_gets_the_light_colours():
    styles = theme.styles()
    assert styles.count("@media (scripting: none) { html { --pst-color") == 1
    for name in ("text-base", "surface", "border", "primary"):
        assert f"--pst-color-{name}:" in theme.colours("light")
    assert styles.count("{") == styles.count("}")


def test_styles_name_every_icon():
    styles = theme.styles()
    for name in theme.ICONS:
        assert f".fa-{name} {{ --icon: var(--icon-{name}); }}" in styles
        assert f'  --icon-{name}: url("data:image/svg+xml,%3Csvg' in styles
    assert "http" not in styles.replace("http%3A//www.w3.org/2000/svg", ""), (
        "an icon is fetched from elsewhere"
    )
