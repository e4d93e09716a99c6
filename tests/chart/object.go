// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"fmt"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	appsvalidation "k8s.io/kubernetes/pkg/apis/apps/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/kubernetes/pkg/apis/networking"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	networkingvalidation "k8s.io/kubernetes/pkg/apis/networking/validation"
	nfd "sigs.k8s.io/node-feature-discovery/api/nfd/v1alpha1"
)

var strictDecoder = func() runtime.Decoder {
	for _, add := range []func(*runtime.Scheme) error{monitoring.AddToScheme, nfd.AddToScheme} {
		if err := add(legacyscheme.Scheme); err != nil {
			panic(err)
		}
	}
	return serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict).UniversalDeserializer()
}()

// Decode makes the Go type out of YAML that the API server would, and refuses what that would refuse: unknown fields, keys
// that come twice, and what its checks of a new object find. Of custom resources only the types are known.
func Decode(text string) (runtime.Object, error) {
	object, _, err := strictDecoder.Decode([]byte(text), nil, nil)
	if err != nil {
		return nil, err
	}
	return object, validate(object.DeepCopyObject())
}

func validate(object runtime.Object) error {
	var internal runtime.Object
	switch object.(type) {
	case *appsv1.DaemonSet:
		internal = &apps.DaemonSet{}
	case *appsv1.Deployment:
		internal = &apps.Deployment{}
	case *corev1.ConfigMap:
		internal = &core.ConfigMap{}
	case *corev1.Namespace:
		internal = &core.Namespace{}
	case *corev1.Pod:
		internal = &core.Pod{}
	case *corev1.Service:
		internal = &core.Service{}
	case *corev1.ServiceAccount:
		internal = &core.ServiceAccount{}
	case *networkingv1.NetworkPolicy:
		internal = &networking.NetworkPolicy{}
	case *monitoring.ServiceMonitor, *monitoring.PodMonitor, *monitoring.PrometheusRule, *nfd.NodeFeatureRule:
		return nil
	default:
		return fmt.Errorf("no check for %T: add one to tests/chart/object.go", object)
	}
	legacyscheme.Scheme.Default(object)
	if err := legacyscheme.Scheme.Convert(object, internal, nil); err != nil {
		return err
	}
	return faultsOf(internal).ToAggregate()
}

func faultsOf(object runtime.Object) field.ErrorList {
	switch typed := object.(type) {
	case *apps.DaemonSet:
		inNamespace(&typed.Namespace)
		return appsvalidation.ValidateDaemonSet(typed, corevalidation.PodValidationOptions{})
	case *apps.Deployment:
		inNamespace(&typed.Namespace)
		return appsvalidation.ValidateDeployment(typed, corevalidation.PodValidationOptions{})
	case *core.ConfigMap:
		inNamespace(&typed.Namespace)
		return corevalidation.ValidateConfigMap(typed)
	case *core.Namespace:
		return corevalidation.ValidateNamespace(typed)
	case *core.Pod:
		inNamespace(&typed.Namespace)
		return corevalidation.ValidatePodCreate(typed, corevalidation.PodValidationOptions{})
	case *core.Service:
		inNamespace(&typed.Namespace)
		if typed.Spec.ClusterIP != "" { // the server fills in the list before it looks
			typed.Spec.ClusterIPs = []string{typed.Spec.ClusterIP}
		}
		return corevalidation.ValidateServiceCreate(typed)
	case *core.ServiceAccount:
		inNamespace(&typed.Namespace)
		return corevalidation.ValidateServiceAccount(typed)
	case *networking.NetworkPolicy:
		inNamespace(&typed.Namespace)
		return networkingvalidation.ValidateNetworkPolicy(typed, networkingvalidation.NetworkPolicyValidationOptions{})
	}
	panic("validate() has a type that faultsOf() lacks")
}

// kubectl puts an object without one into a namespace.
func inNamespace(namespace *string) {
	if *namespace == "" {
		*namespace = "default"
	}
}
