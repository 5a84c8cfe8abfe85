"""Parameters of an address that follow a reader about, and change nothing of what is shown.

The names are those that their makers document: Google Analytics (`utm_`, `_ga`, `_gl`), Google Ads (`gclid`, `gbraid`,
`wbraid`, `dclid`, `gclsrc`, `srsltid`), Meta (`fbclid`, `igshid`, `igsh`), Microsoft (`msclkid`), Yandex (`yclid`,
`ysclid`, `_openstat`), X (`twclid`), TikTok (`ttclid`), LinkedIn (`li_fat_id`), Mailchimp (`mc_cid`, `mc_eid`), HubSpot
(`_hsenc`, `_hsmi`, `__hs…`), Marketo (`mkt_tok`), Matomo (`mtm_`, `pk_`), Piano (`xtor`), Vero (`vero_`), Omeda
(`oly_`), Impact (`irclickid`), Yahoo (`guce_`).
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from citecheck.identifiers.url import below, read
from citecheck.text.patterns import lazy_regex

_TRACKING = lazy_regex(
    r"(?:utm|mtm|vero|oly)_\w{1,40}|pk_(?:campaign|kwd|keyword|source|medium|content)|guce_referrer(?:_sig)?|guccounter"
    r"|(?:fb|g|d|tw|tt|y|ys)clid|msclkid|irclickid|gclsrc|[gw]braid|srsltid|igshid|igsh|li_fat_id|mc_[ce]id"
    r"|_hsenc|_hsmi|__hs(?:tc|sc|fp)|hsctatracking|mkt_tok|xtor|_openstat|_g[al]",
    regex.IGNORECASE,
)
_REFERRING = frozenset({"ref", "referrer", "referer", "source", "src"})
_OFTEN = _REFERRING | {"ref_src", "ref_url", "cmpid", "ocid"}
_REFERRERS = frozenset(
    """chatgpt.com chat.openai.com openai.com perplexity.ai www.perplexity.ai copilot.microsoft.com copilot.com
    gemini.google.com claude.ai grok.com chat.deepseek.com deepseek.com you.com""".split()
)
_ON_ONE_SITE = {  # elsewhere these names mean something
    "si": ("youtube.com", "youtu.be", "open.spotify.com"),
    "ref_src": ("twitter.com", "x.com"),
    "ref_url": ("twitter.com", "x.com"),
}
_ARCHIVES = ("archive.org", "archive.today", "archive.ph", "archive.is", "perma.cc", "webcitation.org")
_SIGNED = lazy_regex(r"[?&][^=&]{0,30}(?:signature|hmac|sig)=", regex.IGNORECASE)


class Tracked(NamedTuple):
    """The tracking parameters of an address in the order written, and the address without them."""

    names: tuple[str, ...]
    clean: str


def tracked(written: str) -> Tracked | None:
    """The tracking parameters of an address; None where it has none.

    All else in `clean` is as written, byte for byte. An address whose parameters are signed has none that could go, and
    an archive files its copies by the whole of the address.
    """
    if "?" not in written and "#" not in written:
        return None
    address = read(written)
    if address is None or not (address.query or "=" in address.fragment):
        return None
    if below(address.host, _ARCHIVES) or _SIGNED.search(address.query):
        return None
    end = len(written) - len(address.fragment)
    before = written[: end - len(address.query)]
    queried, query = _without(address.query, address.host)
    marked, fragment = _without(address.fragment, address.host)
    names = (*queried, *marked)
    return Tracked(names, before + query + fragment) if names else None


def _without(part: str, host: str) -> tuple[list[str], str]:
    """The names of the tracking parameters of a query or a fragment, and the part without them."""
    parameters = part[1:].split("&")
    names = [each.removeprefix("amp;").partition("=")[0] for each in parameters if _tracks(each, host)]
    if not names:
        return [], part
    kept = [each for each in parameters if not _tracks(each, host)]
    if kept and parameters[0] is not kept[0]:
        kept[0] = kept[0].removeprefix("amp;")  # HTML writes `&amp;` between parameters
    return names, part[0] + "&".join(kept) if any(kept) else ""


def may_track(parameter: str, host: str) -> bool:
    """Whether a parameter tracks, or has a name that often does: for who would rather overlook one too many."""
    return parameter.removeprefix("amp;").partition("=")[0].lower() in _OFTEN or _tracks(parameter, host)


def _tracks(parameter: str, host: str) -> bool:
    """Whether a parameter, `name=value`, tracks for certain."""
    name, given, value = parameter.removeprefix("amp;").partition("=")
    if not given:
        return False
    if name.lower() in _REFERRING:
        return value.lower() in _REFERRERS
    return _TRACKING.fullmatch(name) is not None or below(host, _ON_ONE_SITE.get(name, ()))
