"""Where I am signed in, and a way to sign out from there."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from observations.actions import devices
from observations.models import User

# What a browser says of itself, the most telling first: all say they are Safari, most that they are Chrome.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Mac OS": "Mac",
    "Linux": "Linux",
}
SHARED = "shared_phone"


def described(user_agent: str) -> str:
    """« Firefox sur Android »: enough to recognise one's own. The rest of what the browser says is not kept."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "Un navigateur")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return f"{browser} sur {system}" if system else browser


def ask(request: HttpRequest) -> None:
    """Keeps what the sign-in page was told: whether several people use this phone."""
    if request.method == "POST":
        request.session[SHARED] = bool(request.POST.get("shared"))


def settle(request: HttpRequest) -> None:
    """On a shared phone, the session ends with the browser."""
    if request.session.get(SHARED):
        request.session.set_expiry(0)


def remember(request: HttpRequest, user: User) -> None:
    """Called once somebody is in."""
    devices.remember(
        session=request.session,
        label=described(request.headers.get("User-Agent", "")),
        shared=bool(request.session.get(SHARED)),
        by=user,
    )


@never_cache
@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    owner = cast(User, request.user)
    rows = [(device, device.session_id == request.session.session_key) for device in owner.devices.all()]
    return render(request, "accounts/devices.html", {"devices": rows})


@login_required
@require_POST
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    owner = cast(User, request.user)
    devices.sign_out(device=get_object_or_404(owner.devices, pk=pk), by=owner)
    messages.success(request, "Cet appareil est déconnecté.")
    return redirect("devices")


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    devices.sign_out_elsewhere(here=request.session.session_key, by=cast(User, request.user))
    messages.success(request, "Les autres appareils sont déconnectés.")
    return redirect("devices")
