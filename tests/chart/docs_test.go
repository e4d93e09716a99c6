// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/strvals"
	"sigs.k8s.io/yaml"
)

// documents are the texts that users read.
func documents(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{"README.md", "docs/*.md", "charts/*.md"} {
		files, err := filepath.Glob(filepath.Join(SourceRoot(), pattern))
		if err != nil || len(files) == 0 {
			t.Fatal("no ", pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			texts[strings.TrimPrefix(file, SourceRoot()+"/")] = string(text)
		}
	}
	return texts
}

// checkExample judges an example by what it begins with: a file of values, of the daemon's settings (whose own tests read
// it), a fragment of a container, or objects.
func checkExample(t *testing.T, text string) error {
	firstLine, _, _ := strings.Cut(text, "\n")
	switch {
	case strings.HasPrefix(firstLine, "# values"):
		return checkValues(t, valuesOf(t, text))
	case strings.HasPrefix(firstLine, "# file: "):
		return nil
	case strings.HasPrefix(firstLine, "resources:"):
		pod := "apiVersion: v1\nkind: Pod\nmetadata: {name: example}\nspec:\n  containers:\n  - name: example\n    image: example\n"
		_, err := Decode(pod + "    " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    ") + "\n")
		return err
	case strings.Contains(text, "argoproj.io/"):
		return checkApplication(t, text)
	}
	for _, document := range SplitYAML(text) {
		if _, err := Decode(document); err != nil {
			return err
		}
	}
	return nil
}

// A release must render, and each of its objects must be valid.
func checkValues(t *testing.T, values map[string]any) error {
	manifests, err := Render(values, fullCluster)
	if err != nil {
		return err
	}
	for _, manifest := range manifests {
		if _, err := Decode(manifest.Text); err != nil {
			return fmt.Errorf("%s: %w", manifest.Template, err)
		}
	}
	return nil
}

func checkApplication(t *testing.T, text string) error {
	var application Application
	if err := yaml.UnmarshalStrict([]byte(text), &application); err != nil {
		return err
	}
	spec := application.Spec
	if application.Kind != "Application" || spec.Project == "" || spec.Source.RepoURL == "" || spec.Destination.Server == "" {
		return fmt.Errorf("%+v lacks something", application)
	}
	if folder := filepath.Join(SourceRoot(), spec.Source.Path); folder != chartFolder() {
		return fmt.Errorf("spec.source.path leads to %s", folder)
	}
	return checkValues(t, spec.Source.Helm.ValuesObject)
}

func TestDocsHaveYAMLThatIsWhatTheClusterOrTheChartTakes(t *testing.T) {
	block := regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$")
	count := 0
	for file, text := range documents(t) {
		for _, match := range block.FindAllStringSubmatch(text, -1) {
			count++
			if err := checkExample(t, match[1]); err != nil {
				t.Errorf("%s: %v\n%s", file, err, match[1])
			}
		}
	}
	if count < 10 {
		t.Errorf("only %d examples", count)
	}
}

func TestDocsBesideThemTheApplicationOfArgoIsWhatTheChartTakes(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(SourceRoot(), "charts", "argocd", "application.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := checkApplication(t, string(text)); err != nil {
		t.Error(err)
	}
}

func TestDocsHaveHelmCommandsThatTheChartTakes(t *testing.T) {
	command := regexp.MustCompile(`(?m)^ *(?:\$ )?(helm (?:install|upgrade|template) (?:.*\\\n)*.*)$`)
	set := regexp.MustCompile(`--set(-string|-json)? '?([^' \n]+)'?`)
	count := 0
	for file, text := range documents(t) {
		for _, match := range command.FindAllStringSubmatch(text, -1) {
			count++
			values := map[string]any{}
			for _, flag := range set.FindAllStringSubmatch(match[1], -1) {
				if err := parseSet(flag[1], flag[2], values); err != nil {
					t.Errorf("%s: %s: %v", file, flag[0], err)
				}
			}
			if err := checkValues(t, values); err != nil {
				t.Errorf("%s: %s: %v", file, match[1], err)
			}
		}
	}
	if count < 5 {
		t.Errorf("only %d commands", count)
	}
}

func parseSet(kind, text string, values map[string]any) error {
	switch kind {
	case "-string":
		return strvals.ParseIntoString(text, values)
	case "-json":
		return strvals.ParseJSON(text, values)
	}
	return strvals.ParseInto(text, values)
}

// Names of alerts and links in the docs, and files that they speak of, must exist.
func TestDocsExplainEachAlert(t *testing.T) {
	text := documents(t)["docs/monitoring.md"]
	for _, rule := range alertRules(t, "prometheusRule: {enabled: true}").Spec.Groups[0].Rules {
		if !strings.Contains(text, "`"+rule.Alert+"`") {
			t.Errorf("docs/monitoring.md does not explain %s", rule.Alert)
		}
	}
}

func TestDocsLinkToFilesThatExist(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	for file, text := range documents(t) {
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			target := filepath.Join(SourceRoot(), filepath.Dir(file), match[1])
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s, which does not exist", file, match[1])
			}
		}
	}
}

// Each reason that a chip can be unhealthy for has a remedy in the docs.
func TestDocsHaveARemedyForEachReason(t *testing.T) {
	source, err := os.ReadFile(filepath.Join(SourceRoot(), "hotplug", "problem.cpp"))
	if err != nil {
		t.Fatal(err)
	}
	remedies := documents(t)["docs/troubleshooting.md"]
	reasons := regexp.MustCompile(`return "([a-z-]+)"`).FindAllStringSubmatch(string(source), -1)
	for _, reason := range reasons {
		if reason[1] != "unknown" && !strings.Contains(remedies, "`"+reason[1]+"`") {
			t.Errorf("docs/troubleshooting.md has nothing about %s", reason[1])
		}
	}
	if len(reasons) < 15 {
		t.Errorf("only %d reasons", len(reasons))
	}
}

func TestDocsOfTheChartNameEachValue(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(chartFolder(), "values.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	isComment := regexp.MustCompile(`^\s*# `)
	value := regexp.MustCompile(`^(\s*)([a-zA-Z]+):(.*)$`)
	lines := strings.Split(string(text), "\n")
	for index, line := range lines {
		found := value.FindStringSubmatch(line)
		isSection := found != nil && found[3] == "" && index+1 < len(lines) && isComment.MatchString(lines[index+1])
		isNumber := found != nil && strings.HasPrefix(strings.TrimSpace(found[3]), "{period")
		isPart := found != nil && (found[2] == "requests" || found[2] == "limits" || found[2] == "operator")
		if found == nil || isSection || isNumber || isPart {
			continue
		}
		if !isComment.MatchString(lines[index-1]) {
			t.Errorf("values.yaml:%d: %s has no comment", index+1, found[2])
		}
	}
}
