"""The portal's line icons on a 24-unit grid; drawn inline, so they cost no request and need no script."""

ICONOS = {
    "abajo": '<path d="M12 4v15M6 13l6 6 6-6"/>',
    "alerta": '<path d="M12 3.5 2.5 20h19zM12 10v4.5M12 17.2v.1"/>',
    "atras": '<path d="M15 5l-7 7 7 7"/>',
    "bandeja": '<path d="M4 13l2-8h12l2 8v6H4zM4 13h5l1 3h4l1-3h5"/>',
    "borrar": '<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6"/>',
    "buscar": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "caja": '<path d="M3 5h18v4H3zM5 9v11h14V9M10 13h4"/>',
    "campana": '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4"/>',
    "candado": '<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "carpeta": '<path d="M3 6h6l2 2h10v11H3zM3 11h18"/>',
    "correo": '<path d="M3 5h18v14H3zM3 6l9 7 9-7"/>',
    "descargar": '<path d="M12 4v11M7 10l5 5 5-5M4 17v3h16v-3"/>',
    "equis": '<path d="M6 6l12 12M18 6L6 18"/>',
    "foto": '<path d="M3 7h4l2-3h6l2 3h4v13H3z"/><circle cx="12" cy="13" r="3.8"/>',
    "graf": '<path d="M4 20h16M7 16v-5M12 16V5M17 16v-8"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5v.1"/>',
    "lapiz": '<path d="M4 20l1-5L16 4l4 4L9 19zM14 6l4 4"/>',
    "listo": '<path d="M4 12.5l5 5L20 6.5"/>',
    "mas": '<path d="M12 5v14M5 12h14"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "ojo": '<path d="M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12z"/>'
    '<circle cx="12" cy="12" r="2.8"/>',
    "persona": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 4-7 8-7s8 2 8 7"/>',
    "reloj": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.5l3.5 2"/>',
    "salir": '<path d="M10 4H4v16h6M14 8l4 4-4 4M18 12H9"/>',
    "sello": '<path d="M12 3l2.3 1.8 2.9-.1.8 2.8 2.4 1.6-1 2.7 1 2.8-2.4 1.6-.8 2.8-2.9-.1L12 21l-2.3-2.1'
    '-2.9.1-.8-2.8-2.4-1.6 1-2.8-1-2.7L6 7.5l.8-2.8 2.9.1zM8.5 12l2.5 2.5 4.5-5"/>',
    "sig": '<path d="M9 5l7 7-7 7"/>',
    "subir": '<path d="M12 16V4M7 9l5-5 5 5M4 17v3h16v-3"/>',
    "tablero": '<path d="M4 4h7v7H4zM13 4h7v4h-7zM13 11h7v9h-7zM4 14h7v6H4z"/>',
    "tel": '<path d="M5 3h4l2 5-2.5 2a12 12 0 0 0 5.5 5.5L16 13l5 2v4c0 1-1 2-2 2'
    'C10 21 3 14 3 5c0-1 1-2 2-2z"/>',
    "tramite": '<path d="M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7"/>',
}
