"""What a link opens, for whoever holds it."""

from django.urls import path

from observations.restitution import shared
from observations.restitution.files import FORMATS

urlpatterns = [
    path("<str:token>/", shared.opened, name="shared"),
    *(
        path(f"<str:token>/synthese.{suffix}", shared.as_file, {"suffix": suffix}, name=f"shared_{suffix}")
        for suffix in FORMATS
    ),
]
