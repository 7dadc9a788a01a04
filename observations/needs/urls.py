from django.urls import path

from observations.needs import bodies, gestures, giving_back, requests, views

urlpatterns = [
    path("", views.board, name="needs"),
    path("nouveau/", gestures.new, name="need_new"),
    path("rattacher/", gestures.attach, name="need_attach"),
    path("annuler/<uuid:batch>/", gestures.undo, name="need_undo"),
    path("organismes/", bodies.listed, name="bodies"),
    path("organismes/nouveau/", bodies.new, name="body_new"),
    path("organismes/<int:pk>/", bodies.opened, name="body"),
    path("organismes/<int:pk>/modifier/", bodies.edit, name="body_edit"),
    path("organismes/<int:pk>/contacts/nouveau/", bodies.new_contact, name="contact_new"),
    path("contacts/<int:pk>/", bodies.edit_contact, name="contact_edit"),
    path("demandes/<int:pk>/", requests.opened, name="request"),
    path("demandes/<int:pk>/lien/", requests.renew, name="request_renew"),
    path("demandes/<int:pk>/retirer/", requests.withdraw, name="request_withdraw"),
    path("demandes/<int:pk>/reponse/", requests.note_answer, name="request_note"),
    path("demandes/<int:pk>/engagement/", requests.note_commitment, name="request_commit"),
    path("engagements/<int:pk>/", requests.end, name="commitment_end"),
    path("<int:pk>/", views.opened, name="need"),
    path("<int:pk>/demander/", requests.ask, name="need_ask"),
    path("<int:pk>/retour/", giving_back.edit, name="giving_back"),
    path("<int:pk>/retour/affiche.pdf", giving_back.poster, name="giving_back_poster"),
    path("<int:pk>/retour/publier/", giving_back.publish, name="giving_back_publish"),
    path("<int:pk>/retour/retirer/", giving_back.withdraw, name="giving_back_withdraw"),
    path("<int:pk>/modifier/", gestures.edit, name="need_edit"),
    path("<int:pk>/etat/", gestures.move_on, name="need_state"),
    path("<int:pk>/observations/", gestures.sort_out, name="need_observations"),
    path("<int:pk>/dispositifs/", gestures.tag, name="need_tag"),
    path("<int:pk>/fusionner/", gestures.merge, name="need_merge"),
    path("<int:pk>/separer/", gestures.split, name="need_split"),
]
