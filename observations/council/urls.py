from django.urls import path

from observations.council import views

urlpatterns = [
    path("", views.home, name="council"),
    path("charte/", views.charter, name="charter"),
    path("autour-de-moi/", views.relay, name="council_relay"),
    path("coups-de-pouce/", views.offers, name="council_offers"),
    path("coups-de-pouce/<int:pk>/retirer/", views.take_back, name="offer_take_back"),
    path("propositions/", views.to_answer, name="offers_to_answer"),
    path("propositions/<int:pk>/repondre/", views.answer, name="offer_answer"),
]
