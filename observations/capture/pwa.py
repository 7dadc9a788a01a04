"""The installable shell: what a phone keeps so that the form opens without network.

A few documents, the same for everybody, and the worker that keeps them with the files they need. They are rendered
without the request: no account, token or observation can be in them, and whoever takes the phone next reads nothing.
"""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from observations.capture import course
from observations.capture.cards import kept_on_phones
from observations.capture.forms import ObservationForm
from observations.capture.views import for_scripts
from observations.context import NAVIGATION
from observations.models import Neighbourhood, Precision, Role, Territory, User
from observations.modules import ever_needed

View = Callable[[HttpRequest], HttpResponse]

# What the documents load at once or on a tap. The modules that these import are found by reading them.
MODULES = ["js/capture.js", "js/course.js", "js/on_phone.js", "js/updates.js"]
FILES = [
    "css/capture.css",
    "img/icons.svg",
    "leaflet/leaflet.css",
    "leaflet/leaflet.js",
    "data/detection.json",
]
FIELD_WORKERS = [Role.AGENT, Role.COUNCIL, Role.CDSU]
# --paper of tokens.css, in light: a manifest knows no media query.
PAPER = "#f8f5ee"


def same_for_all(view: View) -> View:
    """View decorator: kept by whoever asks, and asked again each time; an unchanged answer is a 304."""
    return gzip_page(cache_control(no_cache=True)(conditional_page(require_safe(view))))


@same_for_all
def offline_shell(request: HttpRequest) -> HttpResponse:
    """The form, as the worker keeps it. The phone puts in its key, its date and its author."""
    return HttpResponse(_shell())


@same_for_all
def offline(request: HttpRequest) -> HttpResponse:
    """What stands in for a page that the network does not bring."""
    return HttpResponse(_document("capture/offline.html"))


@same_for_all
def kept_cards(request: HttpRequest) -> HttpResponse:
    """What to tell residents, as the worker keeps it: published texts, of nobody in particular."""
    return HttpResponse(_cards())


@same_for_all
def kept_course(request: HttpRequest) -> HttpResponse:
    """The listening course, as the worker keeps it."""
    return HttpResponse(_course())


@same_for_all
def outlines(request: HttpRequest) -> JsonResponse:
    """Official outlines of the whole territory, in the shape of the API's, which answers by account."""
    return JsonResponse(_outlines())


@same_for_all
def manifest(request: HttpRequest) -> HttpResponse:
    capture = reverse("capture")
    content = {
        "id": "/",
        "name": "Nouveaux Accords",
        "short_name": "Accords",
        "lang": "fr",
        "start_url": capture,
        "scope": "/",
        "display": "standalone",
        "theme_color": PAPER,
        "background_color": PAPER,
        "icons": [
            {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("img/icon-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [{"name": "Nouvelle observation", "url": capture}],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@same_for_all
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's script. Its version is a digest of all that it keeps: other content, another worker."""
    places = {
        "form": reverse("capture"),
        "shell": reverse("offline_shell"),
        "offline": reverse("offline"),
        "outlines": reverse("outlines"),
        "cards": reverse("cards"),
        "kept_cards": reverse("kept_cards"),
        "course": reverse("course"),
        "kept_course": reverse("kept_course"),
        "neighbourhoods": reverse("api-neighbourhoods"),
        "static": settings.STATIC_URL,
    }
    config = {"cache": f"accords-{_version()}", "files": precached_files(), **places}
    script = render_to_string("capture/sw.js", {"config": json.dumps(config)})
    return HttpResponse(script, content_type="text/javascript")


def _version() -> str:
    content = [
        *precached_files(),
        _shell(),
        _document("capture/offline.html"),
        _cards(),
        _course(),
        json.dumps(_outlines()),
        # Kept with the documents, in their headers.
        repr(settings.CONTENT_SECURITY_POLICY),
    ]
    return hashlib.sha256("\0".join(content).encode()).hexdigest()[:12]


@cache
def precached_files() -> list[str]:
    """Hashed addresses of the static files that the two documents need, lazily imported modules included."""
    return sorted(ever_needed(MODULES) | {static(name) for name in FILES})


def _shell() -> str:
    form = ObservationForm(user=None, initial={"precision": Precision.NEIGHBOURHOOD})
    return _document(
        "capture/form.html",
        form=form,
        action=reverse("capture"),
        here="capture",
        **for_scripts(),
    )


def _cards() -> str:
    return _document("capture/cards.html", here="cards", **kept_on_phones())


def _course() -> str:
    return _document("capture/course.html", here="course", **course.content())


def _document(template: str, **context: Any) -> str:
    common = {"shell": True, "territory": Territory.current(), "places": _places()}
    return render_to_string(template, common | context)


def _places() -> list[dict[str, Any]]:
    """The navigation of every field worker; `roles` says whose each place is, for the phone to choose."""
    people = [User(role=role) for role in FIELD_WORKERS]
    places = [
        {"place": place, "roles": [person.role for person in people if place.allowed(person)]}
        for place in NAVIGATION
    ]
    return [entry for entry in places if entry["roles"]]


def _outlines() -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"code": n.code, "name": n.name, "short_name": n.short_name},
            "geometry": n.boundary,
        }
        for n in Neighbourhood.objects.active()
    ]
    return {"type": "FeatureCollection", "features": features}
