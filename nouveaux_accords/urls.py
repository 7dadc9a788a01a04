"""The URL map. French paths: people see them."""

from django.contrib import admin
from django.urls import include, path

from observations import admin as _admin  # noqa: F401 - registers, in place of autodiscovery (settings)
from observations import views
from observations.accounts import sign_in
from observations.restitution.places import places

urlpatterns = [
    path("", views.home, name="home"),
    path("sante/", views.health, name="health"),
    path("", include("observations.capture.urls")),
    path("relecture/", include("observations.erasure.urls")),
    path("relecture/", include("observations.review.urls")),
    path("besoins/", include("observations.needs.urls")),
    path("quartiers/", include("observations.diagnosis.urls")),
    path("instances/", include("observations.meetings.urls")),
    path("actions/", include("observations.programme.urls")),
    path("conseil/", include("observations.council.urls")),
    path("themes/", include("observations.themes.urls")),
    path("", include("observations.oversight.urls")),
    path("carte/", places, name="places"),
    path("syntheses/", include("observations.restitution.urls")),
    path("confidentialite/", include("observations.papers.urls")),
    path("s/", include("observations.restitution.shared_urls")),
    path("r/", include("observations.restitution.told_urls")),
    path("demandes/", include("observations.needs.addressed_urls")),
    path("d/", include("observations.needs.answer_urls")),
    path("api/v1/", include("observations.api.urls")),
    # One sign-in page for everybody, the administration included.
    path("admin/login/", sign_in.administration_sign_in),
    path("admin/", admin.site.urls),
    path("compte/", include("observations.accounts.urls")),
]

handler500 = "nouveaux_accords.outage.server_error"
