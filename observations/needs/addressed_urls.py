"""What is asked of a partner who has an account."""

from django.urls import path

from observations.needs import addressed

urlpatterns = [
    path("", addressed.listed, name="addressed"),
    path("<int:pk>/ouvrir/", addressed.opened, name="request_open"),
]
