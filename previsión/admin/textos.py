"""The texts that ONSEC writes: versions are added, never changed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..catalogos.textos import conocidos, procedencia, vigente
from ..models import TextoEditable
from .listas import NINGUNO, VigenciaForm


def donde_se_muestran() -> list[tuple[str, Any]]:
    """Each text of each procedure, with whose words it has today."""
    return [NINGUNO, *((t.clave, f"{t.donde} ({procedencia(t).value})") for t in conocidos().values())]


class TextoForm(VigenciaForm):
    """A new version of one of the known texts."""

    clave = forms.ChoiceField(label=_("Dónde se muestra"), choices=donde_se_muestran)

    class Meta:
        model = TextoEditable
        fields = ("clave", "texto", "vigente_desde")
        labels = {"texto": _("Qué dice")}
        help_texts = {"texto": _("Vacío: no se muestra nada.")}


@admin.register(TextoEditable)
class TextoEditableAdmin(admin.ModelAdmin):
    """Versions are added, never changed nor deleted; above them, what every text says today."""

    form = TextoForm
    list_display = ("cual", "version", "vigente_desde")
    fields = ("clave", "texto", "vigente_desde")

    @admin.display(description=_("dónde se muestra"), ordering="clave")
    def cual(self, texto: TextoEditable) -> Any:
        return texto.donde

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        hoy = [(t, procedencia(t).value, vigente(t)) for t in conocidos().values()]
        return super().changelist_view(request, {"textos_de_hoy": hoy} | (extra_context or {}))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Today, and the words in force of the text that `?clave=` names."""
        inicial: dict[str, Any] = {"vigente_desde": timezone.localdate()}
        texto = conocidos().get(request.GET.get("clave", ""))
        return inicial | ({"clave": texto.clave, "texto": vigente(texto)} if texto else {})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: TextoEditable, form: Any, change: bool) -> None:
        ultima = TextoEditable.objects.filter(clave=obj.clave).aggregate(n=Max("version"))["n"] or 0
        obj.version = ultima + 1
        obj.save()
