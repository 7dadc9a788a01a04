from django.urls import path

from observations.themes import views

urlpatterns = [
    path("", views.listed, name="themes"),
    path("ordre/", views.move, name="themes_move"),
    path("nouveau/", views.new, name="theme_new"),
    path("<int:parent>/nouveau/", views.new, name="subtheme_new"),
    path("<int:pk>/", views.edit, name="theme"),
    path("<int:pk>/retirer/", views.retire, name="theme_retire"),
    path("<int:pk>/retablir/", views.restore, name="theme_restore"),
]
