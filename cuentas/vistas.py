"""The pages of the accounts that are not allauth's as they come."""

from typing import Any

from allauth.account import views as allauth_vistas
from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
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

from . import freno
from .acciones.confirmar_registro import EnlaceVencido, confirmar_registro, registro_de, vigentes
from .acciones.corregir_registro import CORRECCIONES, corregir_registro
from .acciones.declarar_cui import declarar_cui
from .acciones.registrar import registrar
from .apartado import por_decir
from .formularios import CorreoDelRegistroForm, CuiForm, RegistroForm
from .models import Aceptacion, DocumentoLegal, Registro
from .secretos import en_la_mano

# Tells «your session was closed» from «you had not signed in yet»; it holds no more than that.
GALLETA_DENTRO = "dentro"
# Which registration this session made.
REGISTRO = "registro"


@method_decorator(sensitive_post_parameters("clave", "clave_repetida"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class Registrarse(FormView):
    """Registration; whoever does not declare to read and write sees the windows, not an error (A3)."""

    template_name = "cuentas/registro.html"
    form_class = RegistroForm
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

    def form_valid(self, form: RegistroForm) -> HttpResponse:
        datos = form.cleaned_data
        if not datos["sabe_leer"]:
            return render(self.request, "cuentas/ventanillas.html", {"form": form})
        if muchos := ratelimit.consume_or_429(self.request, action="signup"):
            return muchos
        for clave in (f"{datos['cui']} {freno.red(self.request)}", datos["correo"]):
            if muchos := ratelimit.consume_or_429(self.request, action="registro", key=clave):
                return muchos
        registro = registrar(
            **form.datos(),
            correo=datos["correo"],
            clave=datos["clave"],
            ip=get_adapter().get_client_ip(self.request),
            agente=self.request.headers.get("User-Agent", ""),
            ahora=timezone.now(),
        )
        self.request.session[REGISTRO] = str(registro.pk)
        return super().form_valid(form)


def registro_pendiente(request: HttpRequest) -> Registro | None:
    """The registration that this very session made and nobody confirmed yet."""
    pk = request.session.get(REGISTRO)
    return vigentes(timezone.now()).filter(pk=pk).first() if pk else None


@method_decorator(never_cache, name="dispatch")
class RegistroEnviado(FormView):
    """The same page whether the account was new or not (S37); its session may correct the address."""

    template_name = "cuentas/registro_enviado.html"
    form_class = CorreoDelRegistroForm
    success_url = reverse_lazy("registro_enviado")
    registro: Registro

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pendiente = registro_pendiente(request)
        if pendiente is None:
            return redirect("account_login" if REGISTRO in request.session else "account_signup")
        self.registro = pendiente
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"correo": self.registro.correo}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        corregible = self.registro.correcciones < CORRECCIONES
        return super().get_context_data(correo=self.registro.correo, corregible=corregible, **kwargs)

    def form_valid(self, form: CorreoDelRegistroForm) -> HttpResponse:
        correo = form.cleaned_data["correo"]
        if muchos := ratelimit.consume_or_429(self.request, action="registro", key=correo):
            return muchos
        corregir_registro(self.registro.pk, correo=correo, ahora=timezone.now())
        return super().form_valid(form)


@method_decorator(never_cache, name="dispatch")
class ConfirmarRegistro(View):
    """The page behind the mail's link: nothing is confirmed until its button is pressed."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        try:
            registro = registro_de(key, ahora=timezone.now())
        except EnlaceVencido:
            return render(request, "account/email_confirm.html")
        contexto = {"can_confirm": True, "email": registro.correo, "accion": request.path}
        return render(request, "account/email_confirm.html", contexto)

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        try:
            cuenta = confirmar_registro(key, ahora=timezone.now())
        except EnlaceVencido:
            return self.get(request, key)
        if cuenta is None:
            return render(request, "cuentas/registro_no_posible.html")
        get_adapter(request).add_message(request, messages.SUCCESS, "account/messages/email_confirmed.txt")
        return redirect("account_login")


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
        return super().get_context_data(
            caducada=caducada,
            apartado=por_decir(self.request),
            sin_confirmar=registro_pendiente(self.request),
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        respuesta = super().render_to_response(context, **kwargs)
        respuesta.delete_cookie(GALLETA_DENTRO, samesite="Lax")
        return respuesta


class Recuperar(allauth_vistas.PasswordResetView):
    """Asking for a password's link; who asks for another's stops nobody but themselves."""

    def form_valid(self, form: Any) -> HttpResponse:
        llave = f"{form.cleaned_data['email'].lower()} {freno.red(self.request)}"
        if muchos := ratelimit.consume_or_429(self.request, action="reset_password", key=llave):
            return muchos
        form.save(self.request)
        return HttpResponseRedirect(self.get_success_url())


class ClaveNueva(allauth_vistas.PasswordResetFromKeyView):
    """The last step of recovery: whoever had the mailbox is the owner, and this browser theirs."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with en_la_mano(request.session, allauth_vistas.INTERNAL_RESET_SESSION_KEY):
            return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        respuesta = super().form_valid(form)
        freno.reconocer(self.request, self.reset_user)
        return respuesta


class Salir(allauth_vistas.LogoutView):
    """Sign-out by POST; leaves nothing in a shared computer's browser (S43)."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        respuesta = super().post(*args, **kwargs)
        respuesta.delete_cookie(GALLETA_DENTRO, samesite="Lax")
        respuesta["Clear-Site-Data"] = '"cache", "storage"'
        return respuesta


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
    form_class = CuiForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request.user, "cui", ""):
            return HttpResponseRedirect(self.get_success_url())  # an address typed, never a view's name
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        vuelta = self.request.POST.get("next") or self.request.GET.get("next", "")
        seguro = url_has_allowed_host_and_scheme(vuelta, {self.request.get_host()}, self.request.is_secure())
        return vuelta if seguro else reverse("mesa")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"vuelta": self.get_success_url()}

    def form_valid(self, form: CuiForm) -> HttpResponse:
        usuario: Any = self.request.user
        try:
            declarar_cui(usuario, cui=form.cleaned_data["cui"], ahora=timezone.now())
        except ValidationError as error:
            form.add_error("cui", error)
            return self.form_invalid(form)
        return super().form_valid(form)
