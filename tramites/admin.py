"""What administración edits of the engine: the extra holidays; no Gestión is ever reached from here."""

from django.contrib import admin

from .models import AsuetoExtra


@admin.register(AsuetoExtra)
class AsuetoExtraAdmin(admin.ModelAdmin):
    """The days that ONSEC rests beyond the law's holidays."""

    list_display = ["fecha", "motivo"]
    date_hierarchy = "fecha"
