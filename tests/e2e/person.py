"""A person without JavaScript: signs in and sends forms over plain HTTP."""

import re

import requests


class Person:
    """Keeps cookies; `post` sends a form with its token."""

    def __init__(self, server):
        self.server = server
        self.session = requests.Session()
        self.session.trust_env = False

    def get(self, path):
        """The text of a page."""
        url = path if path.startswith("http") else self.server.address + path
        answer = self.session.get(url, timeout=30)
        answer.raise_for_status()
        return answer

    def post(self, path, **values):
        """Send a form; the answer after its redirects."""
        url = path if path.startswith("http") else self.server.address + path
        token = self.session.cookies.get("csrftoken", "")
        headers = {"Referer": self.server.address, "X-CSRFToken": token}
        answer = self.session.post(url, data=values, headers=headers, timeout=30)
        answer.raise_for_status()
        return answer

    def set_up(self):
        """Create the first administrator."""
        self.get(self.server.setup_link)
        self.post(self.server.setup_link, username="ada", email="", password="correct horse 42")
        self.get("/")

    def load_sample(self):
        """The sample project; the answer is the number of its page."""
        answer = self.post("/sample/")
        return int(re.search(r"/projects/(\d+)/", answer.url).group(1))

    def count(self, path, text):
        """How often a text stands in a page."""
        return self.get(path).text.count(text)

    def train_sample(self, project, name="Harbour model", **more):
        """Click through the wizard."""
        here = f"/projects/{project}"
        answer = self.post(f"{here}/train/")
        draft = re.search(rf"{here}/drafts/(\d+)/", answer.url).group(0)
        page = self.get(f"{draft}baseline/").text
        base = re.search(r'name="base_model" value="(\d+)" checked', page).group(1)
        self.post(f"{draft}baseline/", base_model=base)
        page = self.get(f"{draft}data/").text
        found = re.findall(r'name="datasets" value="(\d+)">', page)
        self.post(f"{draft}data/", datasets=found[-2:])
        self.post(f"{draft}name/", display_name=name, weight_percent="70", **more)
        if more:
            page = self.get(f"{draft}test/").text
            dataset = re.search(r'<option value="(\d+)">Harbour radio', page).group(1)
            second = re.search(r'value="(base-\d+)" selected', page).group(1)
            self.post(f"{draft}test/", test_dataset=dataset, second_model=second)
        return self.post(f"{draft}review/")
