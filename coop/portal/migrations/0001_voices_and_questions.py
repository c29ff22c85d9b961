"""Recordings of what the screens say, and questions about pay."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import coop.portal.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0003_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PayQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("too_little", "It is too little"),
                            ("missing", "A piece of mine is missing"),
                            ("not_got", "I did not receive it"),
                        ],
                        max_length=10,
                        verbose_name="what is wrong",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pay_questions",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "verbose_name": "question about pay",
                "verbose_name_plural": "questions about pay",
                "ordering": ["-pk"],
                "permissions": [("answer_pay_question", "Can answer questions about pay")],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("member",),
                        name="pay_question_waits_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="pay_question_is_answered_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("es", "Español"),
                            ("en", "English"),
                            ("qu", "Runasimi"),
                            ("ay", "Aymar aru"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="sentence")),
                ("wording", models.CharField(max_length=240, verbose_name="wording")),
                (
                    "said",
                    models.CharField(
                        blank=True,
                        help_text="The words in Quechua or Aymara, as the woman who speaks them writes them.",
                        max_length=240,
                        verbose_name="what is said",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        upload_to=coop.portal.models.recording_path, verbose_name="recording"
                    ),
                ),
                ("recorded_by", models.CharField(max_length=80, verbose_name="who speaks")),
                ("recorded_on", models.DateField(verbose_name="recorded on")),
                ("kept_at", models.DateTimeField(auto_now_add=True)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "recording",
                "verbose_name_plural": "recordings",
                "ordering": ["language", "key", "pk"],
                "permissions": [("record_sounds", "Can record what the members' screens say")],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("language", "key"),
                        name="recording_is_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("wording", ""), _negated=True),
                            models.Q(("recorded_by", ""), _negated=True),
                        ),
                        name="recording_says_what_and_who",
                    ),
                ],
            },
        ),
    ]
