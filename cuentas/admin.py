"""What administración edits of this app: the accounts of the staff and the versions of the legal texts."""

from datetime import datetime, time
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from escritura.expresiones import ClaveOrden
from territorio import cui as regla_cui

from .acciones.cambiar_personal import PROPIOS, cambiar_personal
from .acciones.declarar_cui import exigir_propio
from .acciones.invitar import enviar_enlace, invitar
from .acciones.quitar_segundo_factor import quitar_segundo_factor
from .formularios import CampoCorreo, CampoCui, CampoFecha, CampoNombre, cui_valido
from .models import DocumentoLegal, Usuario

# What the libraries register: nobody edits confirmed addresses, secrets or groups by hand.
admin.site.unregister([Authenticator, EmailAddress, Group])


class PersonalForm(forms.ModelForm):
    """An account of the staff; its password is never here."""

    email = CampoCorreo(
        label=_("Correo electrónico"),
        help_text=_("Con él ingresa. Ahí recibe el enlace para elegir su contraseña."),
    )
    papel = forms.ChoiceField(
        label=_("Papel"),
        choices=[("", _("[Seleccione algún valor]")), *Usuario.Papel.choices],
        error_messages={"required": _("Elija el papel.")},
    )
    primer_nombre = CampoNombre(label=_("Primer nombre"), dato=_("el primer nombre"))
    segundo_nombre = CampoNombre(label=_("Segundo nombre"), dato=_("el segundo nombre"), required=False)
    primer_apellido = CampoNombre(label=_("Primer apellido"), dato=_("el primer apellido"))
    segundo_apellido = CampoNombre(label=_("Segundo apellido"), dato=_("el segundo apellido"), required=False)
    cui = CampoCui(
        label=_("CUI (número de DPI)"),
        required=False,
        help_text=_("Impide que vea o decida una Gestión propia."),
    )

    class Meta:
        model = Usuario
        fields = (
            "email",
            "papel",
            "is_active",
            "primer_nombre",
            "segundo_nombre",
            "primer_apellido",
            "segundo_apellido",
            "cui",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.tipo = Usuario.Tipo.PERSONAL

    def clean_email(self) -> str:
        correo: str = self.cleaned_data["email"]
        if Usuario.objects.exclude(pk=self.instance.pk).filter(email__iexact=correo).exists():
            raise ValidationError(_("Ya hay una cuenta con ese correo. Escriba otro."))
        return correo

    def clean_cui(self) -> str | None:
        """Of a new account, always; of one that never had it, its owner is asked before deciding."""
        if not self.cleaned_data["cui"]:
            if self.instance.pk and not self.instance.cui:
                return None
            raise ValidationError(regla_cui.MENSAJES["vacio"])
        cui = cui_valido(self.cleaned_data["cui"])
        exigir_propio(Usuario(pk=self.instance.pk, cui=cui))
        return cui


@admin.register(Usuario)
class PersonalAdmin(admin.ModelAdmin):
    """ONSEC's staff: invited, changed, deactivated; never deleted, and no citizen among them."""

    form = PersonalForm
    list_display = ("nombre_completo", "email", "papel", "is_active", "con_segundo_factor", "last_login")
    list_filter = ("papel", "is_active")
    list_per_page = 50
    search_fields = ("email", "primer_nombre", "segundo_nombre", "primer_apellido", "segundo_apellido")
    ordering = (ClaveOrden("primer_apellido"), ClaveOrden("primer_nombre"), "pk")
    actions = ("enviar_enlaces", "quitar_segundos_factores")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Usuario]:
        activado = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        personal = super().get_queryset(request).filter(tipo=Usuario.Tipo.PERSONAL)
        return personal.annotate(_con_segundo_factor=Exists(activado))

    @admin.display(description=_("en dos pasos"), boolean=True, ordering="_con_segundo_factor")
    def con_segundo_factor(self, persona: Any) -> bool:
        return persona._con_segundo_factor

    def get_fields(self, request: HttpRequest, obj: Usuario | None = None) -> Any:
        """A new account is active: there is nothing to choose."""
        return [c for c in PersonalForm.Meta.fields if obj or c != "is_active"]

    def get_readonly_fields(self, request: HttpRequest, obj: Usuario | None = None) -> Any:
        """The address signs in for life; nobody changes their own role or state."""
        propia = obj is not None and obj.pk == request.user.pk
        return [*(["email"] if obj else []), *(sorted(PROPIOS) if propia else [])]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: Any, obj: Usuario, form: Any, change: bool) -> None:
        if change:
            cambios = {campo: form.cleaned_data[campo] for campo in form.changed_data}
            cambiar_personal(obj, cambios=cambios, actor=request.user, ahora=timezone.now())
        else:
            invitar(obj, actor=request.user, ahora=timezone.now())

    @admin.action(description=_("Enviar el enlace para elegir contraseña"), permissions=["change"])
    def enviar_enlaces(self, request: Any, queryset: QuerySet[Usuario]) -> None:
        """To whoever is active; as many mails an address as anyone may ask for (S49)."""
        for persona in queryset.filter(is_active=True):
            if ratelimit.consume(request, action="reset_password", key=persona.email):
                enviar_enlace(persona, actor=request.user, ahora=timezone.now())
                self.message_user(request, f"Se envió el enlace a {persona.email}.")
            else:
                self.message_user(request, f"Ya se enviaron varios a {persona.email}.", messages.WARNING)

    @admin.action(description=_("Quitar la verificación en dos pasos"), permissions=["change"])
    @method_decorator(reauthentication_required)
    def quitar_segundos_factores(self, request: Any, queryset: QuerySet[Usuario]) -> None:
        """For whoever lost telephone and codes; one's own is taken away on its page, with its code (S42)."""
        if queryset.filter(pk=request.user.pk).exists():
            self.message_user(
                request, _("La suya se quita en «Verificación en dos pasos»."), messages.WARNING
            )
        for persona in queryset.exclude(pk=request.user.pk):
            if quitar_segundo_factor(persona, actor=request.user, ahora=timezone.now()):
                self.message_user(request, f"Se quitó la de {persona.email}. Al ingresar activará otra.")
            else:
                self.message_user(request, f"{persona.email} no la tenía activada.", messages.WARNING)


class DocumentoLegalForm(forms.ModelForm):
    """A version to publish, at once or on a later day: what was accepted stays as it was."""

    vigente_desde = CampoFecha(
        label=_("Vigente desde"),
        required=False,
        widget=AdminDateWidget,
        help_text=_("Vacío: al guardar. La versión anterior rige hasta entonces y se conserva."),
    )

    class Meta:
        model = DocumentoLegal
        fields = ("tipo", "titulo", "texto", "vigente_desde")
        help_texts = {
            "texto": _("«## » abre un título; «- », un punto de lista. Una línea vacía separa párrafos."),
        }

    def clean_texto(self) -> str:
        """Lines end as the stored versions do, whatever the browser sent."""
        return "\n".join(self.cleaned_data["texto"].splitlines()) + "\n"

    def clean_vigente_desde(self) -> datetime:
        """The moment: now, or the first of that day in Guatemala."""
        dia = self.cleaned_data["vigente_desde"]
        if dia is None:
            return timezone.now()
        if dia <= timezone.localdate():
            raise ValidationError(_("Elija un día posterior a hoy, o deje el campo vacío."))
        return timezone.make_aware(datetime.combine(dia, time.min))


@admin.register(DocumentoLegal)
class DocumentoLegalAdmin(admin.ModelAdmin):
    """Versions are added, never changed nor deleted."""

    form = DocumentoLegalForm
    list_display = ("titulo", "tipo", "version", "vigente_desde", "huella")
    list_filter = ("tipo",)
    ordering = ("tipo", "-version")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return DocumentoLegalForm.Meta.fields
        return ("tipo", "version", "titulo", "vigente_desde", "sha256", "texto", "siguiente")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    @admin.display(description=_("huella SHA-256"))
    def huella(self, documento: DocumentoLegal) -> str:
        return f"{documento.sha256[:12]}…"

    @admin.display(description=_("para cambiarlo"))
    def siguiente(self, documento: DocumentoLegal) -> str:
        direccion = reverse("admin:cuentas_documentolegal_add", query={"desde": documento.pk})
        return format_html('<a href="{}">{}</a>', direccion, _("Publicar una versión nueva desde este texto"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        anterior = request.GET.get("desde", "")
        documento = DocumentoLegal.objects.filter(pk=anterior).first() if anterior.isdecimal() else None
        return (
            {"tipo": documento.tipo, "titulo": documento.titulo, "texto": documento.texto}
            if documento
            else {}
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: Any, obj: DocumentoLegal, form: Any, change: bool) -> None:
        ultima = DocumentoLegal.objects.filter(tipo=obj.tipo).aggregate(n=Max("version"))["n"] or 0
        obj.version = ultima + 1
        obj.save()
