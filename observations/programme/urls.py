from django.urls import path

from observations.programme import views

urlpatterns = [
    path("", views.listed, name="actions"),
    path("nouvelle/", views.new, name="action_new"),
    path("importer/", views.begin_import, name="actions_import"),
    path("importer/<int:pk>/", views.match, name="actions_match"),
    path("<int:pk>/", views.opened, name="action"),
    path("<int:pk>/modifier/", views.edit, name="action_edit"),
    path("<int:pk>/retirer/", views.remove, name="action_remove"),
    path("<int:pk>/evaluer/", views.evaluate, name="action_evaluate"),
    path("<int:pk>/clore/", views.close, name="action_close"),
]
