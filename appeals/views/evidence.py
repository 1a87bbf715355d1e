from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def evidence_list(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def evidence_create(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def evidence_detail(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def evidence_download(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def evidence_withdraw(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def evidence_remove(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)
