from django.urls import path

from observations.erasure import views

urlpatterns = [path("<uuid:pk>/effacer/", views.erase, name="review_erase")]
