"""The texts that ONSEC writes: versions are added, never changed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..catalogos.models import TEXTOS
from ..models import TextoEditable
from .listas import NINGUNO, VigenciaForm


class TextoForm(VigenciaForm):
    """A new version of one of the known texts."""

    clave = forms.ChoiceField(label=_("Dónde se muestra"), choices=[NINGUNO, *TEXTOS.items()])

    class Meta:
        model = TextoEditable
        fields = ("clave", "texto", "vigente_desde")
        labels = {"texto": _("Qué dice")}
        help_texts = {"texto": _("Vacío: no se muestra nada.")}


@admin.register(TextoEditable)
class TextoEditableAdmin(admin.ModelAdmin):
    """Versions are added, never changed nor deleted."""

    form = TextoForm
    list_display = ("cual", "version", "vigente_desde")
    fields = ("clave", "texto", "vigente_desde")

    @admin.display(description=_("dónde se muestra"), ordering="clave")
    def cual(self, texto: TextoEditable) -> Any:
        return texto.donde

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"vigente_desde": timezone.localdate()}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: TextoEditable, form: Any, change: bool) -> None:
        ultima = TextoEditable.objects.filter(clave=obj.clave).aggregate(n=Max("version"))["n"] or 0
        obj.version = ultima + 1
        obj.save()
