from django.urls import path

from observations.diagnosis import views

urlpatterns = [
    path("", views.listed, name="neighbourhoods"),
    path("contributions/<int:pk>/", views.decide, name="contribution_decide"),
    path("<str:code>/", views.opened, name="neighbourhood"),
    path("<str:code>/diagnostic/", views.edit, name="diagnosis_edit"),
    path("<str:code>/diagnostic/publier/", views.publish, name="diagnosis_publish"),
    path("<str:code>/diagnostic/supprimer/", views.drop, name="diagnosis_drop"),
    path("<str:code>/<int:number>/", views.read, name="diagnosis"),
    path("<str:code>/<int:number>/ajouter/", views.add, name="diagnosis_add"),
    path("<str:code>/<int:number>/fiche.pdf", views.sheet, name="diagnosis_sheet"),
]
