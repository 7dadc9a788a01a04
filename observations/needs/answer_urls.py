"""What a link of a request opens, for whoever holds it."""

from django.urls import path

from observations.needs import answering

urlpatterns = [
    path("<str:token>/", answering.opened, name="request_answer"),
    path("<str:token>/engagement/", answering.commit, name="request_answer_commit"),
    path("<str:token>/engagement/<int:pk>/", answering.end, name="request_answer_end"),
]
