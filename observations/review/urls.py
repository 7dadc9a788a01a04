from django.urls import path

from observations.review import confirming, export, map, reading, returning, saved, scenes, views

urlpatterns = [
    path("", views.listed, name="review"),
    path("carte/", map.review_map, name="review_map"),
    path("carte/tableau.csv", map.table_file, name="review_map_csv"),
    path("carte/quartiers.geojson", map.outlines_file, name="review_map_geojson"),
    path("ce-qui-revient/", returning.returning, name="review_returning"),
    path("lire/", reading.begin, name="review_read"),
    path("lire/fin/", reading.end, name="review_read_end"),
    path("filtres/", saved.keep, name="review_keep_filter"),
    path("filtres/<int:pk>/retirer/", saved.forget, name="review_forget_filter"),
    path("exporter/", export.export, name="review_export"),
    path("ensemble/", views.decide_together, name="review_batch"),
    path("annuler/<uuid:batch>/", views.undo, name="review_undo"),
    path("<uuid:pk>/", views.opened, name="review_observation"),
    path("<uuid:pk>/decider/", views.decide, name="review_decide"),
    path("<uuid:pk>/texte/", views.rewrite, name="review_rewrite"),
    path("<uuid:pk>/passage/", confirming.confirm, name="review_passage"),
    path("<uuid:pk>/passage/<int:review>/reprendre/", confirming.take_back, name="review_passage_take_back"),
    path("<uuid:pk>/auteur/", views.show_author, name="review_author"),
    path("<uuid:pk>/scenes/", scenes.scenes, name="review_scenes"),
    path("<uuid:pk>/classer/", views.sort, name="review_sort"),
]
