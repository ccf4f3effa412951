"""Every address of the pages: which methods it takes, and who may use each.

`person` is anybody who is signed in, `starter` whose account may start things, `administrator`
one of them; `viewer`, `trainer` and `owner` are roles in the project of the address. `link` is
whoever knows the secret in it, `anybody` needs nothing.
"""

from dataclasses import dataclass

from django.urls import URLPattern, get_resolver, reverse

_TABLE = """
account_login                           GET anybody        POST anybody
account_logout                          GET person         POST person
logout_everywhere                                          POST person
account_inactive                        GET anybody
account_change_password                 GET person         POST person
account_reset_password                  GET anybody        POST anybody
account_reset_password_done             GET anybody
account_reset_password_from_key         GET link           POST link
account_reset_password_from_key_done    GET anybody
openid_connect_login                    GET anybody
openid_connect_callback                 GET anybody
socialaccount_login_cancelled           GET anybody
setup                                   GET link           POST link
invitation                              GET link           POST link
calendar                                GET link
home                                    GET person
load_sample                                                POST starter
new_project                             GET starter        POST starter
download                                GET person
deadlines                               GET person
decide_deadlines                                           POST starter
notifications                           GET person         POST person
try_mail                                                   POST person
send_again                                                 POST person
calendar_address                                           POST person
new_channel                             GET administrator  POST administrator
edit_channel                            GET administrator  POST administrator
try_channel                                                POST administrator
delete_channel                                             POST administrator
activity                                GET person
switcher                                GET person
search                                  GET person
help                                    GET person
style_guide                             GET person
keep_grid                                                  POST person
resources                               GET administrator
new_local_resource                      GET administrator  POST administrator
new_resource                            GET administrator  POST administrator
edit_resource                           GET administrator  POST administrator
replace_key                             GET administrator  POST administrator
elsewhere                               GET starter
look_now                                                   POST starter
connect                                 GET starter        POST starter
audit                                   GET administrator
people                                  GET administrator
add_person                              GET administrator  POST administrator
switch_person                                              POST administrator
set_role                                                   POST administrator
invite                                  GET administrator  POST administrator
revoke_invitation                                          POST administrator
project                                 GET viewer
project_people                          GET viewer         POST owner
archive                                                    POST owner
datasets                                GET viewer
new_dataset                             GET trainer        POST trainer
resume_upload                           GET trainer
discard_upload                                             POST trainer
add_file                                                   POST trainer
remove_file                                                POST trainer
put_block                               PUT trainer
upload                                  GET trainer        POST trainer
dataset                                 GET viewer
decide                                                     POST trainer
report                                  GET viewer
own_file                                GET viewer
sample_clip                             GET viewer
choose_words                                               POST trainer
models                                  GET viewer
copy_models                             GET trainer        POST trainer
decide_copy                                                POST trainer
model                                   GET viewer
manifest                                GET viewer
cancel_model                            GET trainer        POST trainer
retrain                                                    POST trainer
renewal                                 GET viewer         POST owner
decide_renewal                                             POST trainer
train                                                      POST trainer
delete_rows                             GET trainer        POST trainer
resume                                  GET trainer
presence                                GET trainer
discard_draft                                              POST trainer
wizard                                  GET trainer        POST trainer
tests                                   GET viewer
new_test                                GET trainer        POST trainer
resume_test                             GET trainer
discard_test                                               POST trainer
testing                                 GET trainer        POST trainer
compare                                 GET viewer
test                                    GET viewer
cancel_test                             GET trainer        POST trainer
test_files                              GET viewer
export_test                             GET viewer
clip                                    GET viewer
endpoints                               GET viewer
new_endpoint                            GET trainer        POST trainer
endpoint                                GET viewer
change_model                            GET trainer        POST trainer
try_endpoint                                               POST trainer
"""

ROLES = ("viewer", "trainer", "owner")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# The local service's own, which have a key for a sign-in: tests/localspeech/test_keys.py.
OF_SERVICE = ("speechtotext/", "speech/")


@dataclass(frozen=True)
class Address:
    """One address of the map; `rights` says for each method that it takes who may use it."""

    name: str
    route: str
    values: frozenset
    rights: dict

    @property
    def is_of_project(self):
        return "project_id" in self.values

    @property
    def object(self):
        """Which object of a project it names, by what stands before the number; "" for none."""
        before, number, _ = self.route.partition("<int:pk>/")
        if not number and "<int:pk>" not in self.route:
            return ""
        return before.partition("<int:pk>")[0].partition("project_id>/")[2].strip("/")

    def at(self, **given):
        return reverse(self.name, kwargs={name: given[name] for name in self.values})


def mapped(patterns=None, before=""):
    """Route and pattern of every address there is."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route, one
        else:
            yield from mapped(one.url_patterns, route)


def classified():
    """What the table says, by name."""
    found = {}
    for line in _TABLE.strip().splitlines():
        name, *rest = line.split()
        found[name] = dict(zip(rest[::2], rest[1::2], strict=True))
    return found


def pages():
    """Every address outside the local service."""
    rights = classified()
    for route, one in mapped():
        if not route.startswith(OF_SERVICE):
            given = frozenset(one.pattern.regex.groupindex) | frozenset(
                {"project_id"} if "project_id" in route else ()
            )
            yield Address(one.name, route, given, rights.get(one.name, {}))
