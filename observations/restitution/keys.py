"""Giving and taking back links and tokens. What is made is shown on the answer itself, once, and kept nowhere."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from observations.actions import sharing
from observations.models import ApiToken, ShareLink, User
from observations.permissions import can_share, latest_summaries, require
from observations.qr import qr_code
from observations.restitution.forms import KeyForm, LinkForm, TokenForm

SHARERS = "Les liens et les jetons sont donnés par une ou un chef de projet qui suit tous les quartiers du territoire."
sharer = require(can_share, SHARERS)
page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@sharer
@page
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """The links of one published month, and a form for another."""
    summary = get_object_or_404(latest_summaries().light(), pk=pk)
    of_month = ShareLink.objects.filter(summary__month=summary.month).select_related("created_by")

    def make(label: str, days: int, by: User) -> dict[str, Any]:
        link, token = sharing.share(summary=summary, label=label, days=days, by=by)
        address = request.build_absolute_uri(reverse("shared", args=[token]))
        return {"made": link, "secret": address, "qr": qr_code(address)}

    return _page(request, "restitution/links.html", LinkForm, make, {"summary": summary, "keys": of_month})


@never_cache
@sharer
@page
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of partners' systems, and a form for another."""

    def make(label: str, days: int, by: User) -> dict[str, Any]:
        key, token = sharing.issue_token(label=label, days=days, by=by)
        return {"made": key, "secret": token}

    keys = ApiToken.objects.select_related("created_by")
    context = {"keys": keys, "address": request.build_absolute_uri(reverse("api-summaries"))}
    return _page(request, "restitution/tokens.html", TokenForm, make, context)


@sharer
@require_POST
def revoke_link(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(ShareLink.objects.select_related("summary"), pk=pk)
    _say(request, sharing.revoke(key=link, by=cast(User, request.user)), "Ce lien n’ouvre plus rien.")
    standing = latest_summaries().light().get(month=link.summary.month)
    return redirect("summary_links", pk=standing.pk)


@sharer
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    key = get_object_or_404(ApiToken, pk=pk)
    _say(request, sharing.revoke(key=key, by=cast(User, request.user)), "Ce jeton n’ouvre plus rien.")
    return redirect("summary_tokens")


def _page(
    request: HttpRequest,
    template: str,
    form_class: type[KeyForm],
    make: Callable[[str, int, User], dict[str, Any]],
    context: dict[str, Any],
) -> HttpResponse:
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = make(form.cleaned_data["label"], form.cleaned_data["days"], cast(User, request.user))
        context |= made
        form = form_class()
    return render(request, template, context | {"form": form, "section": "summaries"})


def _say(request: HttpRequest, done: bool, sentence: str) -> None:
    messages.success(request, sentence if done else "C’était déjà fait.")
