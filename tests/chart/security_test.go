// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// What Pod Security Admission says against the pods at a level.
func objections(t *testing.T, level api.Level, values string) []string {
	t.Helper()
	newest := api.MajorMinorVersion(1, 36)
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), &newest)
	if err != nil {
		t.Fatal(err)
	}
	template := daemonSet(t, values).Spec.Template
	found := []string{}
	for _, result := range evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: newest}, &template.ObjectMeta, &template.Spec) {
		if !result.Allowed {
			found = append(found, result.ForbiddenReason)
		}
	}
	return found
}

// docs/security.md tells the same.
func TestSecurityStandardsObjectToHostFoldersAndUidZeroOnly(t *testing.T) {
	values := "seLinuxType: \"\""
	if found := objections(t, api.LevelPrivileged, values); len(found) != 0 {
		t.Error(found)
	}
	if found := objections(t, api.LevelBaseline, values); !reflect.DeepEqual(found, []string{"hostPath volumes"}) {
		t.Error(found)
	}
	found := objections(t, api.LevelRestricted, values)
	slices.Sort(found)
	if !slices.Equal(found, []string{"restricted volume types", "runAsNonRoot != true", "runAsUser=0"}) {
		t.Error(found)
	}
}

func TestSecurityContextIsOfARootWithoutPower(t *testing.T) {
	context := container(t, "").SecurityContext
	if *context.RunAsUser != 0 || *context.Privileged || *context.AllowPrivilegeEscalation || !*context.ReadOnlyRootFilesystem {
		t.Errorf("%+v", context)
	}
	if context.Capabilities.Add != nil || !reflect.DeepEqual(context.Capabilities.Drop, []corev1.Capability{"ALL"}) {
		t.Errorf("%+v", context.Capabilities)
	}
	if context.SeccompProfile.Type != corev1.SeccompProfileTypeRuntimeDefault {
		t.Errorf("%+v", context.SeccompProfile)
	}
}

func TestSecurityNeedsNeitherTheHostsNamespacesNorTheAPIServer(t *testing.T) {
	pod := daemonSet(t, "").Spec.Template.Spec
	if pod.HostNetwork || pod.HostPID || pod.HostIPC || *pod.AutomountServiceAccountToken {
		t.Errorf("%+v", pod)
	}
	for _, object := range rendered(t, nil, fullCluster) {
		if strings.Contains(reflect.TypeOf(object).String(), "rbac") {
			t.Errorf("%T", object)
		}
	}
}

// hostFolders gives "path" or "path rw" for each folder of the host in the container, and fails where that has another name.
func hostFolders(t *testing.T, values string) []string {
	t.Helper()
	pod := daemonSet(t, values).Spec.Template.Spec
	sources := map[string]string{}
	for _, volume := range pod.Volumes {
		if volume.HostPath != nil {
			sources[volume.Name] = volume.HostPath.Path
		}
	}
	found := []string{}
	for _, mount := range pod.Containers[0].VolumeMounts {
		path, isHosts := sources[mount.Name]
		if !isHosts {
			continue
		}
		if path != mount.MountPath && path != "/dev" {
			t.Errorf("%s is %s in the pod", path, mount.MountPath)
		}
		if !mount.ReadOnly {
			path += " rw"
		}
		found = append(found, path)
	}
	return found
}

func TestSecurityListsEachFolderOfTheHost(t *testing.T) {
	for values, wanted := range map[string][]string{
		"": {"/var/lib/kubelet/device-plugins rw", "/var/lib/kubelet/pod-resources", "/var/run/cdi rw",
			"/var/lib/hailo-device-plugin rw"},
		"kubeletDirectory: /k\nconfig: {kubelet: {registration: watcher}}": {"/var/lib/kubelet/device-plugins rw", "/k/plugins_registry rw",
			"/k/pod-resources", "/var/run/cdi rw", "/var/lib/hailo-device-plugin rw"},
		"nfd: {featureFile: true}": {"/var/lib/kubelet/device-plugins rw", "/var/lib/kubelet/pod-resources", "/var/run/cdi rw",
			"/var/lib/hailo-device-plugin rw", "/etc/kubernetes/node-feature-discovery/features.d rw"},
		"{hostDev: true, hostFolders: [/opt/hailort], cdiDirectory: /etc/cdi, stateDirectory: /data/hailo}": {
			"/var/lib/kubelet/device-plugins rw", "/var/lib/kubelet/pod-resources", "/etc/cdi rw", "/data/hailo rw", "/dev",
			"/opt/hailort"},
	} {
		if found := hostFolders(t, values); !reflect.DeepEqual(found, wanted) {
			t.Errorf("%q: %q", values, found)
		}
	}
}
