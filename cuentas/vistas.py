"""The pages of the accounts that are not allauth's as they come."""

from typing import Any

from allauth.account import views as allauth_vistas
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from .acciones.declarar_cui import declarar_cui
from .acciones.registrar import registrar
from .apartado import por_decir
from .formularios import FormularioCui, FormularioRegistro
from .models import Aceptacion, DocumentoLegal

# Tells «your session was closed» from «you had not signed in yet»; it holds no more than that.
GALLETA_DENTRO = "dentro"
CORREO_DEL_REGISTRO = "correo_del_registro"


@method_decorator(rate_limit(action="signup"), name="dispatch")
@method_decorator(sensitive_post_parameters("clave", "clave_repetida"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class Registro(FormView):
    """Registration; whoever does not declare to read and write sees the windows, not an error (A3)."""

    template_name = "cuentas/registro.html"
    form_class = FormularioRegistro
    success_url = reverse_lazy("registro_enviado")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect(get_adapter().get_login_redirect_url(request))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "volver" in request.POST:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return self.request.POST.dict()

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs() | {"hoy": timezone.localdate()}
        if "volver" in self.request.POST:
            kwargs.pop("data"), kwargs.pop("files")
        return kwargs

    def form_valid(self, form: FormularioRegistro) -> HttpResponse:
        datos = form.cleaned_data
        if not datos["sabe_leer"]:
            return render(self.request, "cuentas/ventanillas.html", {"form": form})
        for clave in (datos["cui"], datos["correo"]):
            if muchos := ratelimit.consume_or_429(self.request, action="registro", key=clave):
                return muchos
        registrar(
            **form.datos(),
            correo=datos["correo"],
            clave=datos["clave"],
            ip=get_adapter().get_client_ip(self.request),
            agente=self.request.headers.get("User-Agent", ""),
            ahora=timezone.now(),
        )
        self.request.session[CORREO_DEL_REGISTRO] = datos["correo"]
        return super().form_valid(form)


@never_cache
def registro_enviado(request: HttpRequest) -> HttpResponse:
    """The same page whether the account was new or not (S37)."""
    correo = request.session.get(CORREO_DEL_REGISTRO)
    return (
        render(request, "cuentas/registro_enviado.html", {"correo": correo})
        if correo
        else redirect("account_signup")
    )


class Ingresar(allauth_vistas.LoginView):
    """Sign-in; says once that the session was closed, if it was."""

    def form_valid(self, form: Any) -> HttpResponse:
        respuesta = super().form_valid(form)
        if self.request.user.is_authenticated:
            respuesta.set_cookie(
                GALLETA_DENTRO, "1", httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return respuesta

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        caducada = bool(self.request.COOKIES.get(GALLETA_DENTRO))
        return super().get_context_data(caducada=caducada, apartado=por_decir(self.request), **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        respuesta = super().render_to_response(context, **kwargs)
        respuesta.delete_cookie(GALLETA_DENTRO, samesite="Lax")
        return respuesta


class Salir(allauth_vistas.LogoutView):
    """Sign-out by POST; leaves nothing in a shared computer's browser (S43)."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        respuesta = super().post(*args, **kwargs)
        respuesta.delete_cookie(GALLETA_DENTRO, samesite="Lax")
        respuesta["Clear-Site-Data"] = '"cache", "storage"'
        return respuesta


@method_decorator(never_cache, name="dispatch")
class CorreoSinConfirmar(View):
    """Whoever gave the right password before confirming: the way in is another mail (mensajes.md §3)."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        etapa = LoginStageController.enter(request, EmailVerificationStage.key)
        if not (etapa and etapa.login.user):
            return redirect("account_login")
        self.direccion = EmailAddress.objects.filter(user=etapa.login.user, verified=False).first()
        return super().dispatch(request, *args, **kwargs) if self.direccion else redirect("account_login")

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "cuentas/sin_confirmar.html")

    def post(self, request: HttpRequest) -> HttpResponse:
        send_verification_email_to_address(request, self.direccion, signup=True)
        request.session[CORREO_DEL_REGISTRO] = self.direccion.email
        return redirect("registro_enviado")


class ConfirmarCorreo(allauth_vistas.ConfirmEmailView):
    """The page behind the mail's link: nothing is confirmed until its button is pressed."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(*args, **kwargs)
        except Http404:
            return self.get(*args, **kwargs)


class TextoLegal(TemplateView):
    """The version in force of one legal text; public."""

    template_name = "cuentas/texto_legal.html"
    tipo: DocumentoLegal.Tipo = DocumentoLegal.Tipo.TERMINOS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        documento = DocumentoLegal.objects.vigente(self.tipo, ahora=timezone.now())
        return super().get_context_data(documento=documento, **kwargs)


@method_decorator(never_cache, name="dispatch")
class MisDatos(LoginRequiredMixin, TemplateView):
    """What the account holds of its owner, and what they accepted."""

    template_name = "cuentas/mis_datos.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        propias = Aceptacion.objects.filter(usuario=self.request.user.pk)
        aceptaciones = propias.select_related("documento").order_by("aceptado_en", "pk")
        return super().get_context_data(aceptaciones=aceptaciones, **kwargs)


class DeclararCui(FormView):
    """«Su CUI»: asked of the staff before they decide; then back to where they were."""

    template_name = "cuentas/declarar_cui.html"
    form_class = FormularioCui

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request.user, "cui", ""):
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        vuelta = self.request.POST.get("next") or self.request.GET.get("next", "")
        seguro = url_has_allowed_host_and_scheme(vuelta, {self.request.get_host()}, self.request.is_secure())
        return vuelta if seguro else reverse("mesa")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"vuelta": self.get_success_url()}

    def form_valid(self, form: FormularioCui) -> HttpResponse:
        usuario: Any = self.request.user
        try:
            declarar_cui(usuario, cui=form.cleaned_data["cui"], ahora=timezone.now())
        except ValidationError as error:
            form.add_error("cui", error)
            return self.form_invalid(form)
        return super().form_valid(form)
