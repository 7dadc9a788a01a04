"""Says again who is here, for whoever has no second factor: by the mailbox, or the demonstration's password."""

from typing import Any, cast

from allauth.account import views
from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from observations.accounts import codes
from observations.accounts.forms import CodeForm
from observations.models import User

PURPOSE = "again"


class ConfirmByCode(views.BaseReauthenticateView):
    """A button sends a code; the code takes up what was asked for."""

    form_class = CodeForm
    template_name = "account/confirm_by_code.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "send" not in request.POST:
            return super().post(request, *args, **kwargs)
        email = cast(User, request.user).email
        if not ratelimit.consume(request, action="code_to_address", key=email):
            return ratelimit.respond_429(request)
        codes.send(request, purpose=PURPOSE, email=email, template="account/email/login_code")
        return redirect(self.passthrough_next_url(request.path))

    def form_valid(self, form: CodeForm) -> HttpResponse:
        try:
            email = codes.check(self.request, purpose=PURPOSE, typed=form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error("code", error)
            return self.form_invalid(form)
        record_authentication(self.request, self.request.user, "code", email=email, reauthenticated=True)
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = codes.pending(self.request, PURPOSE) is not None
        return super().get_context_data(**kwargs) | {"sent": sent}


confirm_by_code = never_cache(login_required(ConfirmByCode.as_view()))


def password_again(request: HttpRequest) -> HttpResponseBase:
    """Asks the demonstration's password again; elsewhere nobody has one."""
    if not settings.DEMO:
        raise Http404
    return views.reauthenticate(request)
