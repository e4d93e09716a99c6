// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"sigs.k8s.io/yaml"
)

func promtool(t *testing.T, arguments ...string) {
	t.Helper()
	program := os.Getenv("HDP_PROMTOOL")
	if program == "" {
		program = "promtool"
	}
	if output, err := exec.Command(program, arguments...).CombinedOutput(); err != nil {
		t.Errorf("promtool %v: %v\n%s", arguments, err, output)
	}
}

func alertRules(t *testing.T, values string) *monitoring.PrometheusRule {
	t.Helper()
	return only[*monitoring.PrometheusRule](t, rendered(t, valuesOf(t, values), fullCluster))
}

// alertsFile writes the rules of the release as Prometheus reads them.
func alertsFile(t *testing.T, values string) string {
	t.Helper()
	text, err := yaml.Marshal(alertRules(t, values).Spec)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "alerts.yaml")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAlertsAreWhatPrometheusTakes(t *testing.T) {
	promtool(t, "check", "rules", filepath.Join(chartFolder(), "files", "alerts.yaml"))
	promtool(t, "check", "rules", alertsFile(t, "prometheusRule: {enabled: true, alertLabels: {team: edge}}"))
}

// alerts.yaml here says which series must and must not fire what.
func TestAlertsFireWhenTheyShould(t *testing.T) {
	path := alertsFile(t, "prometheusRule: {enabled: true}")
	text, err := os.ReadFile(filepath.Join(SourceRoot(), "tests", "chart", "alerts.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	cases := filepath.Join(filepath.Dir(path), "cases.yaml")
	if err := os.WriteFile(cases, text, 0o644); err != nil {
		t.Fatal(err)
	}
	promtool(t, "test", "rules", cases)
}

// An alert without a case is one that nobody has seen fire.
func TestAlertsHaveEachACase(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(SourceRoot(), "tests", "chart", "alerts.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var cases struct {
		Tests []struct {
			Cases []struct {
				Name   string `json:"alertname"`
				Alerts []any  `json:"exp_alerts"`
			} `json:"alert_rule_test"`
		}
	}
	if err := yaml.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	fires, stays := map[string]bool{}, map[string]bool{}
	for _, group := range cases.Tests {
		for _, one := range group.Cases {
			fires[one.Name] = fires[one.Name] || len(one.Alerts) > 0
			stays[one.Name] = stays[one.Name] || len(one.Alerts) == 0
		}
	}
	for _, rule := range alertRules(t, "prometheusRule: {enabled: true}").Spec.Groups[0].Rules {
		if !fires[rule.Alert] || !stays[rule.Alert] {
			t.Errorf("%s: a case in which it fires: %v, one in which it does not: %v", rule.Alert, fires[rule.Alert], stays[rule.Alert])
		}
		if rule.Labels["severity"] == "" || rule.Annotations["summary"] == "" || rule.Annotations["description"] == "" {
			t.Errorf("%s lacks a severity, a summary or a description", rule.Alert)
		}
	}
}

func TestAlertsGetTheUsersLabelsAndCanBeLeftOut(t *testing.T) {
	rules := alertRules(t, "prometheusRule: {enabled: true, alertLabels: {team: edge, severity: page}, disabled: [HailoConfigRefused]}")
	for _, rule := range rules.Spec.Groups[0].Rules {
		if rule.Labels["team"] != "edge" || rule.Labels["severity"] != "page" {
			t.Errorf("%s: %v", rule.Alert, rule.Labels)
		}
		if rule.Alert == "HailoConfigRefused" {
			t.Error("a disabled alert is there")
		}
	}
}
