"""Who may sign in and open the desk. What people do in their cases is not shown here."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group, Permission
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from guides.models import User


class LanguageMixin:
    """Languages are those of the site, so that a third one needs no migration."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:  # type: ignore[attr-defined]
            self.fields["language"] = forms.ChoiceField(  # type: ignore[attr-defined]
                label=_("Language"), choices=settings.LANGUAGES
            )


class PersonForm(LanguageMixin, forms.ModelForm):
    class Meta:
        model = User
        fields = ["language", "time_zone", "is_active", "is_staff", "is_superuser", "groups"]


class NewPersonForm(LanguageMixin, BaseUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "language"]


class ForSuperusers(admin.ModelAdmin):
    """Whoever may hand out rights has all of them anyway."""

    actions = None
    show_facets = admin.ShowFacets.NEVER

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Ticks: there are few, and a list that moves needs a script."""
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


@admin.register(User)
class PersonAdmin(ForSuperusers, StockUserAdmin):
    """Nobody is removed here: an account is deleted by its owner, who sees what goes with it. The
    address is changed by its owner too, who alone can confirm the new one; and so is the
    password, since whoever sets it can sign in and read the cases.
    """

    form = PersonForm
    add_form = NewPersonForm
    list_display = ["email", "language", "is_staff", "is_superuser", "is_active", "joined_at"]
    list_filter = ["is_staff", "is_superuser", "is_active", "language", "groups"]
    search_fields = ["email"]
    ordering = ["email"]
    filter_horizontal = []
    readonly_fields = ["email", "last_login", "joined_at"]
    fieldsets = [
        (None, {"fields": ["email", "language", "time_zone"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        (_("Dates"), {"fields": ["last_login", "joined_at"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "language", "password1", "password2"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.readonly_fields if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404


# Whoever entered an address there could have a new password sent to it.
admin.site.unregister(EmailAddress)


#: What a group can be given: the rights that the desk asks about, in its own words.
RIGHTS = {
    "view_guide": _("Guides: read drafts and revisions"),
    "add_guide": _("Guides: begin new ones"),
    "change_guide": _("Guides: write drafts"),
    "publish_guide": _("Guides: publish, withdraw, mark as checked"),
    "view_source": _("Sources: read the register"),
    "add_source": _("Sources: add"),
    "change_source": _("Sources: change"),
    "delete_source": _("Sources: remove those that nothing cites"),
    "view_editorialevent": _("Records: who did what"),
    "view_publication": _("Records: what was live when"),
    "view_feedback": _("Readers: read what they say"),
    "change_feedback": _("Readers: mark it as handled"),
    "view_searchmiss": _("Readers: see what they looked for in vain"),
}


class RightsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, permission: Permission) -> str:
        return str(RIGHTS[permission.codename])


class GroupForm(forms.ModelForm):
    permissions = RightsField(
        label=_("Rights"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Group
        fields = ["name", "permissions"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = Case(*(When(codename=name, then=at) for at, name in enumerate(RIGHTS)))
        self.fields["permissions"].queryset = Permission.objects.filter(
            content_type__app_label="guides", codename__in=RIGHTS
        ).order_by(order)


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(ForSuperusers):
    form = GroupForm
    ordering = ["name"]
