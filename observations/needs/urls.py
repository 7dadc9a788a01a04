from django.urls import path

from observations.needs import gestures, views

urlpatterns = [
    path("", views.board, name="needs"),
    path("nouveau/", gestures.new, name="need_new"),
    path("rattacher/", gestures.attach, name="need_attach"),
    path("annuler/<uuid:batch>/", gestures.undo, name="need_undo"),
    path("<int:pk>/", views.opened, name="need"),
    path("<int:pk>/modifier/", gestures.edit, name="need_edit"),
    path("<int:pk>/etat/", gestures.move_on, name="need_state"),
    path("<int:pk>/observations/", gestures.sort_out, name="need_observations"),
    path("<int:pk>/fusionner/", gestures.merge, name="need_merge"),
    path("<int:pk>/separer/", gestures.split, name="need_split"),
]
