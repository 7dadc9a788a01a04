from django.urls import path

from observations.meetings import views

urlpatterns = [
    path("", views.listed, name="meetings"),
    path("nouvelle/", views.new, name="meeting_new"),
    path("qui-avec-qui/", views.together, name="meetings_together"),
    path("dispositifs/", views.schemes, name="schemes"),
    path("dispositifs/<int:pk>/", views.scheme, name="scheme"),
    path("decisions/<int:pk>/annuler/", views.undo, name="decision_undo"),
    path("<int:pk>/", views.opened, name="meeting"),
    path("<int:pk>/modifier/", views.edit, name="meeting_edit"),
    path("<int:pk>/choix/", views.choose, name="meeting_choose"),
    path("<int:pk>/dossier.pdf", views.pack, name="meeting_pack"),
    path("<int:pk>/envoyer/", views.send, name="meeting_send"),
    path("<int:pk>/decider/", views.decide, name="meeting_decide"),
]
