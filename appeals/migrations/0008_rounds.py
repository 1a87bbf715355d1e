"""Demands that a reply brings, asks of one provider alone, or takes out."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appeals", "0007_submissions"),
        ("guides", "0003_publish_permission"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="demand",
            name="appeals_demand_left_out_by_a_line",
        ),
        migrations.AddField(
            model_name="demand",
            name="out_line",
            field=models.PositiveSmallIntegerField(
                blank=True, editable=False, null=True, verbose_name="line that takes it out"
            ),
        ),
        migrations.AddField(
            model_name="demand",
            name="out_round",
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="demand",
            name="provider",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="appeals.provider",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="reply_deadline_line",
            field=models.PositiveSmallIntegerField(
                blank=True, editable=False, null=True, verbose_name="line that gives the deadline"
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("standing", "left-out"), _negated=True),
                    ("line__isnull", False),
                    ("out_line__isnull", False),
                    _connector="OR",
                ),
                name="appeals_demand_left_out_by_a_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("out_line__isnull", True), ("out_round__isnull", True)),
                    models.Q(
                        ("out_line__isnull", False),
                        ("out_round__isnull", False),
                        ("standing", "left-out"),
                    ),
                    _connector="OR",
                ),
                name="appeals_demand_taken_out_by_a_line_of_a_round",
            ),
        ),
    ]
