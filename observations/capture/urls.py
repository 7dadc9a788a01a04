from django.urls import path

from observations.capture import cards, course, geocode, mirror, own, pwa, token, views

urlpatterns = [
    path("saisie/", views.new, name="capture"),
    path("saisie/hors-ligne/", pwa.offline_shell, name="offline_shell"),
    path("saisie/quartiers.json", pwa.outlines, name="outlines"),
    path("saisie/adresses/", geocode.address_search, name="address_search"),
    path("saisie/jeton/", token.token, name="token"),
    path("saisie/<uuid:id>/", views.observation_door, name="observation_door"),
    path("saisie/<uuid:id>/retirer/", views.withdraw, name="withdraw"),
    path("saisie/<uuid:id>/merci/", views.saved, name="saved"),
    path("mes-observations/", own.own_observations, name="own_observations"),
    path("mes-observations/carnet/", mirror.mirror, name="mirror"),
    path("mes-observations/<uuid:id>/repondre/", own.answer, name="answer"),
    path("ecoute/", course.opened, name="course"),
    path("ecoute/sur-ce-telephone/", pwa.kept_course, name="kept_course"),
    path("retours/", cards.listed, name="cards"),
    path("retours/sur-ce-telephone/", pwa.kept_cards, name="kept_cards"),
    path("retours/<str:code>/redit/", cards.tell, name="tell"),
    path("retours/redits/<int:pk>/retirer/", cards.take_back, name="untell"),
    path("hors-ligne/", pwa.offline, name="offline"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    # At the root: a worker serves what stands below it.
    path("sw.js", pwa.service_worker, name="service_worker"),
]
