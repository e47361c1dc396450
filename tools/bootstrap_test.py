# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs tools/bootstrap on a machine of straw: apt-get, dpkg-query, id and sudo are scripts that write down how they were called."""
import os
import pathlib
import subprocess
import tempfile
import unittest

BOOTSTRAP = pathlib.Path(__file__).with_name("bootstrap")
LIST = """# a list
[build]
compiler     compiles
[test]
mailer       a mail server; service:mailer
[other]
never        is not asked for
"""


class Bootstrap(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        for name in ("bin", "usr/sbin", "lib/systemd/system", "etc/init.d"):
            (self.root / name).mkdir(parents=True)
        (self.root / "packages.txt").write_text(LIST)
        self.installed("")
        self.command("id", "echo 0")
        self.command("apt-get", 'echo "apt-get $*" >> $BOOTSTRAP_ROOT/calls; case "$*" in *update*) exit 0 ;; esac\n'
                     'case "$*" in *-s*) exit 0 ;; esac; cat $BOOTSTRAP_ROOT/usr/sbin/policy-rc.d > $BOOTSTRAP_ROOT/policy_seen 2>&1\n'
                     'touch $BOOTSTRAP_ROOT/lib/systemd/system/mailer.service')
        self.command("deb-systemd-helper", 'echo "deb-systemd-helper $*" >> $BOOTSTRAP_ROOT/calls')

    def command(self, name, script):
        path = self.root / "bin" / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def installed(self, *names):
        self.command("dpkg-query", "printf '" + "".join(f"installed {name}\\n" for name in names if name) + "'")

    def run_it(self, *groups, path=None):
        environment = {"PATH": path or f"{self.root}/bin:/usr/bin:/bin", "BOOTSTRAP_ROOT": str(self.root), "BOOTSTRAP_LIST": str(self.root / "packages.txt")}
        return subprocess.run([BOOTSTRAP, *groups], env=environment, text=True, capture_output=True, check=False)

    def calls(self):
        path = self.root / "calls"
        return path.read_text() if path.exists() else ""

    def test_does_and_says_nothing_when_nothing_is_missing(self):
        self.installed("compiler", "mailer")
        result = self.run_it("build", "test")
        self.assertEqual((result.returncode, result.stdout + result.stderr, self.calls()), (0, "", ""))

    def test_installs_exactly_what_is_missing(self):
        self.installed("compiler")
        result = self.run_it("build", "test")
        self.assertEqual(result.returncode, 0, result.stderr)
        install = [line for line in self.calls().splitlines() if " install " in line and "-s" not in line.split()]
        self.assertEqual(len(install), 1)
        self.assertTrue(install[0].endswith("install --no-install-recommends mailer"), install)
        self.assertNotIn("update", self.calls())
        self.assertIn("mailer", result.stderr)

    def test_forbids_daemons_while_it_installs_and_only_then(self):
        self.run_it("build")
        self.assertIn("exit 101", (self.root / "policy_seen").read_text())
        self.assertFalse((self.root / "usr/sbin/policy-rc.d").exists())

    def test_takes_its_policy_away_after_a_failure_too(self):
        self.command("apt-get", 'case "$*" in *-s*) exit 0 ;; esac; echo "the mirror is gone"; exit 100')
        result = self.run_it("build")
        self.assertEqual(result.returncode, 1)
        self.assertIn("the mirror is gone", result.stderr)
        self.assertFalse((self.root / "usr/sbin/policy-rc.d").exists())

    def test_leaves_a_policy_of_the_user_alone(self):
        policy = self.root / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 0\n")
        self.run_it("build")
        self.assertEqual(policy.read_text(), "#!/bin/sh\nexit 0\n")
        self.assertEqual((self.root / "policy_seen").read_text(), "#!/bin/sh\nexit 0\n")

    def test_turns_a_new_service_off(self):
        self.run_it("build", "test")
        self.assertIn("deb-systemd-helper disable mailer.service", self.calls())

    def test_leaves_a_service_that_was_there_alone(self):
        (self.root / "lib/systemd/system/mailer.service").touch()
        self.run_it("build", "test")
        self.assertNotIn("disable", self.calls())

    def test_updates_the_lists_when_they_do_not_know_the_package(self):
        self.command("apt-get", 'echo "apt-get $*" >> $BOOTSTRAP_ROOT/calls\n'
                     'case "$*" in *update*) touch $BOOTSTRAP_ROOT/fresh ;; *-s*) [ -e $BOOTSTRAP_ROOT/fresh ] ;; esac')
        self.assertEqual(self.run_it("build").returncode, 0)
        self.assertEqual(self.calls().count(" update"), 1)

    def test_makes_no_main_cluster_but_leaves_a_setting_of_the_user(self):
        self.command("apt-get", "echo 'Inst postgresql-common (248 Debian)'")
        config = self.root / "etc/postgresql-common/createcluster.conf"
        self.run_it("build")
        self.assertIn("create_main_cluster = false", config.read_text())
        config.write_text("create_main_cluster = true\n")
        self.run_it("build")
        self.assertEqual(config.read_text(), "create_main_cluster = true\n")

    def test_asks_sudo_when_not_root(self):
        self.command("id", "echo 1000")
        self.command("sudo", 'echo "sudo $*" >> $BOOTSTRAP_ROOT/calls')
        self.assertEqual(self.run_it("build").returncode, 0)
        self.assertEqual(self.calls(), f"sudo {BOOTSTRAP} build\n")

    def test_says_one_sentence_without_root_and_sudo(self):
        self.command("id", "echo 1000")
        for name in ("sh", "dirname", "cat"):
            os.symlink(f"/bin/{name}", self.root / "bin" / name)
        result = self.run_it("build", path=f"{self.root}/bin")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(len(result.stderr.splitlines()), 1)
        self.assertIn("apt-get install --no-install-recommends compiler", result.stderr)


if __name__ == "__main__":
    unittest.main()
