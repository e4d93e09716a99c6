// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chartutil"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// valuesOf reads values as a user writes them.
func valuesOf(t *testing.T, text string) map[string]any {
	t.Helper()
	values, err := chartutil.ReadValues([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// rendered gives the objects of a release, each decoded and validated.
func rendered(t *testing.T, values map[string]any, cluster Cluster) []runtime.Object {
	t.Helper()
	manifests, err := Render(values, cluster)
	if err != nil {
		t.Fatal(err)
	}
	var objects []runtime.Object
	for _, manifest := range manifests {
		object, err := Decode(manifest.Text)
		if err != nil {
			t.Fatalf("%s: %v\n%s", manifest.Template, err, manifest.Text)
		}
		objects = append(objects, object)
	}
	return objects
}

// only gives the one object of a type, or none.
func only[Object runtime.Object](t *testing.T, objects []runtime.Object) (found Object) {
	t.Helper()
	count := 0
	for _, each := range objects {
		if object, ok := each.(Object); ok {
			found = object
			count++
		}
	}
	if count > 1 {
		t.Fatalf("%d objects of type %T", count, found)
	}
	return found
}

func daemonSet(t *testing.T, values string) *appsv1.DaemonSet {
	t.Helper()
	found := only[*appsv1.DaemonSet](t, rendered(t, valuesOf(t, values), fullCluster))
	if found == nil {
		t.Fatal("no DaemonSet")
	}
	return found
}

func container(t *testing.T, values string) corev1.Container {
	t.Helper()
	return daemonSet(t, values).Spec.Template.Spec.Containers[0]
}

// compareWithFile fails when a text is not what a file of the repository says; HDP_UPDATE=1 writes the file.
func compareWithFile(t *testing.T, path, text string) {
	t.Helper()
	if os.Getenv("HDP_UPDATE") != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wanted, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(wanted) {
		t.Errorf("%s differs from what is rendered; if that is meant, run again with HDP_UPDATE=1\n%s", path,
			firstDifference(string(wanted), text))
	}
}

func firstDifference(wanted, got string) string {
	wantedLines, gotLines := strings.Split(wanted, "\n"), strings.Split(got, "\n")
	for index, line := range gotLines {
		if index >= len(wantedLines) {
			return "the file lacks: " + line
		}
		if line != wantedLines[index] {
			return "the file has:   " + wantedLines[index] + "\nrendered is:    " + line
		}
	}
	return "the file has more: " + wantedLines[len(gotLines)]
}

func valuesFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(chartFolder(), "ci", "*-values.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no values files in ci/", err)
	}
	return files
}
