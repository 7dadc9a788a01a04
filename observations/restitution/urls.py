from django.urls import path

from observations.restitution import drafts, keys, recognisable, views, working

urlpatterns = [
    path("", views.listed, name="summaries"),
    path("document-de-travail/", working.working, name="working_paper"),
    path("nouvelle/", drafts.create, name="summary_create"),
    path("<int:pk>/", views.opened, name="summary"),
    path("<int:pk>.pdf", views.as_file, {"suffix": "pdf"}, name="summary_pdf"),
    path("<int:pk>.xlsx", views.as_file, {"suffix": "xlsx"}, name="summary_xlsx"),
    path("<int:pk>.csv", views.as_file, {"suffix": "csv"}, name="summary_csv"),
    path("<int:pk>/liens/", keys.links, name="summary_links"),
    path("liens/<int:pk>/retirer/", keys.revoke_link, name="summary_link_revoke"),
    path("jetons/", keys.tokens, name="summary_tokens"),
    path("jetons/<int:pk>/retirer/", keys.revoke_token, name="summary_token_revoke"),
    path("<int:pk>/brouillon/", drafts.edit, name="summary_edit"),
    path("<int:pk>/apercu/", drafts.preview, name="summary_preview"),
    path("<int:pk>/publier/", drafts.publish, name="summary_publish"),
    path("<int:pk>/corriger/", drafts.correct, name="summary_correct"),
    path("<int:pk>/passage/", recognisable.confirm, name="summary_passage"),
    path(
        "<int:pk>/passage/<int:review>/reprendre/", recognisable.take_back, name="summary_passage_take_back"
    ),
    path("<int:pk>/supprimer/", drafts.delete, name="summary_delete_draft"),
]
