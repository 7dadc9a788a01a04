from django.urls import path

from observations.papers import views

urlpatterns = [
    path("", views.listed, name="papers"),
    path("<slug:slug>/", views.opened, name="paper"),
]
