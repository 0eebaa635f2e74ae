"""What is said about a file: why it was not kept, and what to know when it was (mensajes.md §1)."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Those of causes that this portal can tell; `corte` is the page's, which alone knows (progreso_carga.html).
RECHAZOS: dict[str, str | Promise] = {
    "sin_archivo": _("Elija un archivo PDF y luego presione «Cargar archivo»."),
    "vacio": _("El archivo está vacío. Elija otro o vuelva a guardarlo como PDF."),
    "muy_grande": _(
        "El archivo pesa {n} MB y el máximo es {max} MB. Divídalo en dos PDF o escanéelo con menor calidad."
    ),
    # A proxy took less than the portal does (mensajes.md §6, 413).
    "muy_pesado": _("El archivo es muy grande. Cargue un archivo más liviano."),
    "cupo_renglon": _("Este documento ya tiene {max} archivos. Elimine uno antes de cargar otro."),
    "cupo_gestion": _(
        "Su Gestión llegó al máximo de {max} MB. Elimine un archivo que no necesite o cargue uno más liviano."
    ),
    # What one person may keep in all, drafts withdrawn or archived too.
    "cupo_persona": _(
        "Sus Gestiones juntas llegaron al máximo de {max} MB. "
        "Elimine archivos de una que esté «En Creación» o llame a ONSEC."
    ),
    "no_pdf": _("El archivo no es un PDF, aunque su nombre lo diga. Guárdelo o escanéelo como PDF."),
    # The variant for a portal without «Crear PDF con fotos».
    "es_imagen": _("El archivo es una foto. Conviértala en PDF y cárguela de nuevo."),
    "con_clave": _("El PDF pide una contraseña para abrirse. Guarde una copia sin contraseña y cárguela."),
    "danado": _("El PDF está dañado y no se puede abrir. Pídalo o escanéelo de nuevo."),
    "sin_paginas": _("El PDF no tiene páginas. Revise el archivo y cárguelo de nuevo."),
    "muchas_paginas": _("El PDF tiene {n} páginas y el máximo es {max}. Divídalo en varios archivos."),
    "pagina_enorme": _("Una página mide demasiado. Escanee el documento en tamaño carta u oficio."),
    "demasiado_complejo": _("No pudimos revisar el PDF a tiempo. Imprímalo, escanéelo y cargue la copia."),
    "javascript": _(
        "El PDF contiene un programa y no se puede recibir. Imprímalo como PDF nuevo y cárguelo."
    ),
    "accion_externa": _(
        "El PDF intenta abrir otros archivos o programas. Imprímalo como PDF nuevo y cárguelo."
    ),
    "archivo_incrustado": _("El PDF lleva otros archivos adentro. Cargue cada documento por separado."),
    "xfa": _("El PDF es un formulario que no se puede leer aquí. Imprímalo como PDF y cárguelo."),
    "multimedia": _("El PDF contiene audio o video. Cargue una copia solo con las páginas."),
    "sin_espacio": _("No pudimos guardar el archivo. Intente de nuevo en unos minutos."),
    "renglon_cerrado": _("Este documento ya no se puede cambiar. Revise el estado de su Gestión."),
    "clave_csrf": _("La página estuvo abierta mucho tiempo. Elija el archivo de nuevo y cárguelo."),
}

AVISOS: dict[str, str | Promise] = {
    "duplicado": _("Este archivo es igual a «{otro}», en el documento {n}. Si fue un error, elimínelo."),
    "observado": _("Es el mismo archivo que ONSEC observó. Revise que sea el corregido."),
    "reparado": _("El archivo tenía un daño pequeño y pudimos repararlo. Ábralo para comprobarlo."),
}


def mensaje(clave: str, nombre: str, **datos: Any) -> str:
    """The whole refusal of the file called `nombre`; without a name, its first sentence is left out.

    Raises `KeyError` for an unknown key or a missing datum.
    """
    partes = [
        gettext("No se cargó {nombre}.").format(nombre=nombre) if nombre else "",
        str(RECHAZOS[clave]).format(**datos),
        gettext("Sus otros archivos siguen guardados."),
    ]
    return " ".join(filter(None, partes))


def aviso(clave: str, **datos: Any) -> str:
    """A notice about a file that was kept. Raises `KeyError` as `mensaje` does."""
    return str(AVISOS[clave]).format(**datos)
