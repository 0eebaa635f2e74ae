"""The receipt of a sending: what ONSEC received, when, and how anyone may verify it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from territorio import cui as reglas_cui
from tramites.definicion import Impreso

from .generar import en_filas, qr

DocumentoRecibido = tuple[int, str, str, int, str]  # renglón, its name, file, pages, SHA-256 (hex)


def constancia_de(envio: Any) -> Impreso:
    """The receipt of an `Envio`: the files that stood when it was sent, later withdrawn or not."""
    gestion = envio.gestion
    enviados = [
        (d.renglon, gestion.definicion.requisito(d.renglon).nombre, d.nombre, d.paginas, d.sha256)
        for d in gestion.documentos.filter(
            envio__ronda__lte=envio.ronda, subido_en__lte=envio.enviado_en
        ).order_by("renglon", "subido_en")
        if d.retirado_en is None or d.retirado_en > envio.enviado_en
    ]
    return constancia_recepcion(
        numero=gestion.numero,
        tramite_nombre=gestion.definicion.nombre,
        titular_nombre=gestion.titular_nombre,
        cui=gestion.titular_cui,
        recibida_en=envio.enviado_en,
        ronda=envio.ronda,
        documentos=enviados,
        codigo=envio.codigo,
        url_verificacion=f"{settings.URL_PUBLICA}/verificar/{envio.codigo}/",
        resumen=envio.resumen,
    )


def constancia_recepcion(
    *,
    numero: int,
    tramite_nombre: str,
    titular_nombre: str,
    cui: str,
    recibida_en: datetime,
    ronda: int,
    documentos: Iterable[DocumentoRecibido],
    codigo: str,
    url_verificacion: str,
    resumen: str,
) -> Impreso:
    """The paper «CONSTANCIA DE RECEPCIÓN»; `recibida_en` is aware and printed in Guatemala's time."""
    recibida = timezone.localtime(recibida_en)
    return Impreso(
        plantilla="tramites/impreso/constancia_recepcion.html",
        titulo=f"Constancia de recepción. Gestión No. {numero}",
        contexto={
            "numero": numero,
            "datos": en_filas(
                [
                    ("Número de Gestión", str(numero)),
                    ("Recibida (hora Guatemala)", f"{recibida:%d-%m-%Y} a las {recibida:%H:%M:%S}"),
                    ("Estado de Solicitud", "Solicitud Recibida"),
                    ("Tipo de Solicitud", tramite_nombre),
                    ("Solicitante", titular_nombre),
                    ("CUI", reglas_cui.formatear(cui)),
                ]
            ),
            "ronda": ronda,
            "documentos": [
                {
                    "renglon": r,
                    "nombre": nombre,
                    "archivo": archivo,
                    "paginas": paginas,
                    "huella": sha256[:12],
                }
                for r, nombre, archivo, paginas, sha256 in documentos
            ],
            "codigo": codigo,
            "url_verificacion": url_verificacion,
            "resumen": resumen,
            "codigo_qr": qr(
                url_verificacion, f"Código QR para comprobar la constancia de la Gestión No. {numero}"
            ),
        },
    )
