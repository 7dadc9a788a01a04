from django.urls import path

from observations.oversight import journal, who_sees_what

urlpatterns = [
    path("journal/", journal.journal, name="journal"),
    path("qui-voit-quoi/", who_sees_what.who_sees_what, name="who_sees_what"),
]
