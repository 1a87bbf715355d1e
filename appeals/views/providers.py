from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def provider_create(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def provider_detail(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)


def provider_delete(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    return render(request, "404.html", status=404)
