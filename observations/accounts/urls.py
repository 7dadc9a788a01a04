"""Under `/compte/`: allauth's pages one by one, none by accident, and our own."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from observations.accounts import again, arrival, devices, factors, people, sign_in

urlpatterns = [
    path("", factors.account, name="mfa_index"),
    path("login/", sign_in.sign_in, name="account_login"),
    path("login/code/", sign_in.ask_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("login/cle/", sign_in.passkey_sign_in, name="mfa_login_webauthn"),
    path("login/second-facteur/", mfa.authenticate, name="mfa_authenticate"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("confirmer/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("confirmer/cle/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("confirmer/courriel/", again.confirm_by_code, name="account_confirm_by_code"),
    path("confirmer/mot-de-passe/", again.password_again, name="account_reauthenticate"),
    path("cles/ajouter/", factors.add_passkey, name="mfa_add_webauthn"),
    path("cles/<int:pk>/retirer/", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("application/ajouter/", factors.activate_app, name="mfa_activate_totp"),
    path("application/retirer/", factors.deactivate_app, name="mfa_deactivate_totp"),
    path("secours/", factors.recovery_codes, name="mfa_view_recovery_codes"),
    path("secours/renouveler/", factors.renew_recovery_codes, name="mfa_generate_recovery_codes"),
    path("appareils/", devices.listed, name="devices"),
    path("appareils/autres/", devices.sign_out_elsewhere, name="devices_sign_out"),
    path("appareils/<int:pk>/", devices.sign_out, name="device_sign_out"),
    path("invitation/<str:token>/", arrival.arrive, name="invitation"),
    path("invitations/", people.people, name="people"),
    path("invitations/<int:pk>/renouveler/", people.renew, name="invitation_renew"),
    path("invitations/<int:pk>/retirer/", people.revoke, name="invitation_revoke"),
    path("comptes/<int:pk>/fermer/", people.close, name="account_close"),
    path("comptes/<int:pk>/rouvrir/", people.reopen, name="account_reopen"),
    path("comptes/<int:pk>/second-facteur/", people.reset, name="factor_reset"),
]
