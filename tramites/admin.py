"""What administración edits of the engine: the extra holidays; no Gestión is ever reached from here."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from .habiles import Calendario
from .models import AsuetoExtra


class AsuetoForm(forms.ModelForm):
    """A day still to come that the office would otherwise work."""

    def clean_fecha(self) -> date:
        fecha: date = self.cleaned_data["fecha"]
        if fecha < timezone.localdate():
            raise ValidationError("Elija hoy o un día posterior.")
        if not Calendario().es_habil(fecha):
            raise ValidationError("Ese día ya es de descanso. Elija un día hábil.")
        return fecha


@admin.register(AsuetoExtra)
class AsuetoExtraAdmin(admin.ModelAdmin):
    """The days that ONSEC rests beyond the law's holidays; what was counted with the past ones stays."""

    form = AsuetoForm
    list_display = ["fecha", "motivo"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _paso(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _paso(obj)


def _paso(asueto: AsuetoExtra | None) -> bool:
    return asueto is not None and asueto.fecha < timezone.localdate()
