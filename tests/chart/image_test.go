// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func sourceText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(SourceRoot(), name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// isSent tells whether .dockerignore lets a path through; it holds no patterns, and is to stay so.
func isSent(t *testing.T, path string) bool {
	t.Helper()
	for _, line := range strings.Split(sourceText(t, ".dockerignore"), "\n") {
		if strings.ContainsAny(line, "*?!") {
			t.Fatalf(".dockerignore: %q is a pattern", line)
		}
		if !strings.HasPrefix(line, "#") && line != "" && (path == line || strings.HasPrefix(path, line+"/")) {
			return false
		}
	}
	return true
}

// Each subdir() that does not depend on an option.
func TestImageIsSentEachFolderThatItsBuildLooksInto(t *testing.T) {
	folders := regexp.MustCompile(`(?m)^subdir\('([^']+)'\)`).FindAllStringSubmatch(sourceText(t, "meson.build"), -1)
	if len(folders) < 5 {
		t.Fatal(folders)
	}
	for _, folder := range folders {
		if !isSent(t, folder[1]+"/meson.build") {
			t.Errorf("%s is in .dockerignore, and meson.build wants it", folder[1])
		}
	}
}

func TestImageIsSentTheScriptsOfItsDockerfile(t *testing.T) {
	scripts := regexp.MustCompile(`python3 (\S+)`).FindAllStringSubmatch(sourceText(t, "Dockerfile"), -1)
	if len(scripts) == 0 {
		t.Fatal("the Dockerfile runs no script")
	}
	for _, script := range scripts {
		if !isSent(t, script[1]) {
			t.Errorf("%s is in .dockerignore, and the Dockerfile runs it", script[1])
		}
		sourceText(t, script[1])
	}
}

func TestImageIsNotSentWhatDevelopersLeaveBehind(t *testing.T) {
	for _, path := range []string{".git/HEAD", "build/gcc/build.ninja"} {
		if isSent(t, path) {
			t.Errorf("%s gets into the build of the image", path)
		}
	}
}

// The chart and the image are of one version.
func TestImageIsOfTheVersionThatTheChartAsksFor(t *testing.T) {
	version := regexp.MustCompile(`(?m)^  version: '(.+)',$`).FindStringSubmatch(sourceText(t, "meson.build"))
	argument := regexp.MustCompile(`(?m)^ARG VERSION=(.+)$`).FindStringSubmatch(sourceText(t, "Dockerfile"))
	app := regexp.MustCompile(`(?m)^appVersion: "?([^"\n]+)"?$`).FindStringSubmatch(sourceText(t, "charts/hailo-device-plugin/Chart.yaml"))
	if version == nil || argument == nil || app == nil || version[1] != argument[1] || version[1] != app[1] {
		t.Error(version, argument, app)
	}
}
