"""What the address of a poster opens, for anybody."""

from django.urls import path

from observations.restitution import told

urlpatterns = [
    path("<str:code>/", told.opened, name="told"),
    path("<str:code>/affiche.pdf", told.poster, name="told_poster"),
]
